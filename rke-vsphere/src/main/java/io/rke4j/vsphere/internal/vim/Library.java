package io.rke4j.vsphere.internal.vim;

import io.rke4j.vsphere.error.VsphereException;
import java.time.Duration;

/** Content libraries. Every failure is a {@link VsphereException}. */
public interface Library {

  /** The id of the OVF template of this name in the only library of this name. */
  String item(String library, String item);

  /**
   * Makes a machine, powered off, and returns when that is done. Nothing can be told about how far
   * it is meanwhile, and vCenter goes on if nobody waits.
   *
   * @param order what to make
   * @param atMost how long to wait
   */
  void deploy(DeployOrder order, Duration atMost);
}
