package io.rke4j.vsphere.settings;

/** What disks of machines are put on. */
public sealed interface Storage {

  /** The only datastore of the datacenter. */
  record TheOnlyOne() implements Storage {}

  /**
   * A datastore.
   *
   * @param name its name or path
   */
  record Datastore(String name) implements Storage {}

  /**
   * A datastore cluster: its Storage DRS says which datastore.
   *
   * @param name its name or path
   */
  record DatastoreCluster(String name) implements Storage {}
}
