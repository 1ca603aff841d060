package io.rke4j.vsphere.internal.vim;

/** The kinds of objects that are looked for by name. */
public enum Kind {
  /** A datacenter. */
  DATACENTER("Datacenter", "", "datacenter"),
  /** A virtual machine or a template. */
  MACHINE("VirtualMachine", "vm", "virtual machine"),
  /** A folder. */
  FOLDER("Folder", "vm", "folder"),
  /** A network of any sort. */
  NETWORK("Network", "network", "network"),
  /** A datastore. */
  DATASTORE("Datastore", "datastore", "datastore"),
  /** A datastore cluster. */
  DATASTORE_CLUSTER("StoragePod", "datastore", "datastore cluster"),
  /** A host. */
  HOST("HostSystem", "host", "host"),
  /** A resource pool. */
  POOL("ResourcePool", "host", "resource pool");

  private final String type;
  private final String folder;
  private final String title;

  Kind(String type, String folder, String title) {
    this.type = type;
    this.folder = folder;
    this.title = title;
  }

  /** Its type in the vSphere API. */
  public String type() {
    return type;
  }

  /** The folder of a datacenter that has objects of this kind. */
  public String folder() {
    return folder;
  }

  /** As it reads in a message. */
  public String title() {
    return title;
  }
}
