package io.rke4j.vsphere.internal.vim;

import java.util.Optional;

/** A device of a virtual machine, as far as the driver has to do with it. */
public sealed interface Device {

  /** The number that a machine knows it by. */
  int key();

  /**
   * A disk.
   *
   * @param key its number
   * @param capacityKib its size
   * @param controller the controller it is attached to; 0 for none
   * @param unit its place there
   */
  record Disk(int key, long capacityKib, int controller, int unit) implements Device {}

  /**
   * A network adapter.
   *
   * @param key its number
   * @param mac its MAC address; empty if it has none yet
   * @param network the network it is in, if that is known
   */
  record Adapter(int key, String mac, Optional<ObjectId> network) implements Device {}

  /**
   * A controller that CD-ROM drives can be attached to.
   *
   * @param key its number
   * @param places how many devices it takes
   */
  record Controller(int key, int places) implements Device {}

  /**
   * Anything else.
   *
   * @param key its number
   * @param controller the controller it is attached to; 0 for none
   * @param unit its place there
   * @param image the ISO file in a CD-ROM drive; empty for none
   */
  record Other(int key, int controller, int unit, String image) implements Device {}
}
