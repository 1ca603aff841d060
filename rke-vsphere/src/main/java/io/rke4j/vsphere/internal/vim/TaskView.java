package io.rke4j.vsphere.internal.vim;

import io.rke4j.vsphere.error.VsphereException;
import java.util.Optional;

/**
 * A task of vCenter as it is now.
 *
 * @param state how far it is
 * @param percent progress, if it tells it
 * @param failure why it failed
 * @param result what it has made
 */
public record TaskView(
    State state, int percent, Optional<VsphereException> failure, Optional<ObjectId> result) {

  /** How far a task is. */
  public enum State {
    /** It waits. */
    QUEUED,
    /** It works. */
    RUNNING,
    /** It is done. */
    DONE,
    /** It failed, or was cancelled. */
    FAILED
  }
}
