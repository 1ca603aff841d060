package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A change of one object. The trees are shared by all who see the event: nobody may change them.
 *
 * @param change what happened
 * @param collection where, for example {@code jobs.batch}
 * @param object the object after the change, or the last state of one that is gone
 * @param previous the object before the change
 * @param revision the version of the whole store after it
 */
public record StoreEvent(
    Change change,
    String collection,
    ObjectNode object,
    Optional<ObjectNode> previous,
    long revision) {

  /** What can happen to an object, in the words of watches. */
  public enum Change {
    /** It is new. */
    ADDED,
    /** It says something else. */
    MODIFIED,
    /** It is gone. */
    DELETED
  }
}
