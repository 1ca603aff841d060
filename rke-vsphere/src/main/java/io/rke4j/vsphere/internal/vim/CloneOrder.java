package io.rke4j.vsphere.internal.vim;

import java.util.List;
import java.util.Optional;

/**
 * What is to be cloned, and to where.
 *
 * @param source the machine or template
 * @param name the new machine's name
 * @param folder the folder it comes into
 * @param target where it runs and where its files are
 * @param changes what it has from its first moment
 */
public record CloneOrder(
    ObjectId source, String name, ObjectId folder, Target target, List<MachineChange> changes) {

  /** Copies the changes. */
  public CloneOrder {
    changes = List.copyOf(changes);
  }

  /**
   * Where a machine runs and where its files are.
   *
   * @param pool the resource pool
   * @param host the host, unless DRS decides
   * @param datastore the datastore
   */
  public record Target(ObjectId pool, Optional<ObjectId> host, ObjectId datastore) {}
}
