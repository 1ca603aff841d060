package io.rke4j.api.cluster;

/** Settings of the cloud provider {@code vsphere} that are not of one vCenter server. */
public enum VsphereOption implements CloudOption {
  /** The account for all servers. */
  GLOBAL_USER("global", "user", Kind.TEXT),
  /** Its password. */
  GLOBAL_PASSWORD("global", "password", Kind.SECRET),
  /** The vCenter server, where there is one only. */
  GLOBAL_SERVER("global", "server", Kind.TEXT),
  /** The port of all servers; 443 for Kubernetes. */
  GLOBAL_PORT("global", "port", Kind.TEXT),
  /** Whether certificates of servers go unchecked. */
  INSECURE("global", "insecure-flag", Kind.TRUTH),
  /** The datacenters with nodes, separated by commas. */
  GLOBAL_DATACENTERS("global", "datacenters", Kind.TEXT),
  /** The datacenter, where there is one only. */
  GLOBAL_DATACENTER("global", "datacenter", Kind.TEXT),
  /** The datastore of volumes, where there is one server only. */
  GLOBAL_DATASTORE("global", "datastore", Kind.TEXT),
  /** The folder of the nodes, where there is one server only. */
  WORKING_DIRECTORY("global", "working-dir", Kind.TEXT),
  /** How often requests are tried. */
  GLOBAL_ROUND_TRIPS("global", "soap-roundtrip-count", Kind.WHOLE),
  /** The UUID of the machine. */
  VM_UUID("global", "vm-uuid", Kind.TEXT),
  /** The name of the machine. */
  VM_NAME("global", "vm-name", Kind.TEXT),
  /** The network whose addresses nodes are known by. */
  PUBLIC_NETWORK("network", "public-network", Kind.TEXT),
  /** The kind of controller that volumes are attached to. */
  SCSI_CONTROLLER("disk", "scsicontrollertype", Kind.TEXT),
  /** The server that volumes are made on. */
  WORKSPACE_SERVER("workspace", "server", Kind.TEXT),
  /** The datacenter that volumes are made in. */
  WORKSPACE_DATACENTER("workspace", "datacenter", Kind.TEXT),
  /** The folder that holds the nodes. */
  WORKSPACE_FOLDER("workspace", "folder", Kind.TEXT),
  /** The datastore of volumes whose class names none. */
  WORKSPACE_DATASTORE("workspace", "default-datastore", Kind.TEXT),
  /** The resource pool of machines that make volumes. */
  WORKSPACE_RESOURCE_POOL("workspace", "resourcepool-path", Kind.TEXT);

  private final String section;
  private final String key;
  private final Kind kind;

  VsphereOption(String section, String key, Kind kind) {
    this.section = section;
    this.key = key;
    this.kind = kind;
  }

  @Override
  public String section() {
    return section;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
