package io.rke4j.api.cluster;

/**
 * The etcd members that hold the cluster's state.
 *
 * @param options what the user adds to each member
 * @param snapshots the recurring snapshots on the etcd hosts
 */
public record EtcdSpec(ServiceOptions options, SnapshotSchedule snapshots) {}
