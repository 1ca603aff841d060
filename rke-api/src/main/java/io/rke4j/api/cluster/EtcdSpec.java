package io.rke4j.api.cluster;

import java.util.Optional;

/**
 * The etcd that holds the cluster's state.
 *
 * @param options what the user adds to each member
 * @param snapshots the recurring snapshots on the etcd hosts
 * @param bucket where they are copied to, if anywhere
 * @param hosting who runs it
 */
public record EtcdSpec(
    ServiceOptions options,
    SnapshotSchedule snapshots,
    Optional<SnapshotBucket> bucket,
    EtcdHosting hosting) {

  /** Members on the cluster's own nodes, run by root, with snapshots that stay there. */
  public EtcdSpec(ServiceOptions options, SnapshotSchedule snapshots) {
    this(options, snapshots, Optional.empty(), EtcdHosting.Managed.BY_ROOT);
  }

  /** Whether somebody else runs it. */
  public boolean isExternal() {
    return hosting instanceof EtcdHosting.External;
  }
}
