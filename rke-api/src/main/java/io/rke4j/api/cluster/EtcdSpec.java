package io.rke4j.api.cluster;

/**
 * The etcd that holds the cluster's state.
 *
 * @param options what the user adds to each member
 * @param snapshots the recurring snapshots on the etcd hosts
 * @param hosting who runs it
 */
public record EtcdSpec(ServiceOptions options, SnapshotSchedule snapshots, EtcdHosting hosting) {

  /** Members on the cluster's own nodes, run by root. */
  public EtcdSpec(ServiceOptions options, SnapshotSchedule snapshots) {
    this(options, snapshots, EtcdHosting.Managed.BY_ROOT);
  }

  /** Whether somebody else runs it. */
  public boolean isExternal() {
    return hosting instanceof EtcdHosting.External;
  }
}
