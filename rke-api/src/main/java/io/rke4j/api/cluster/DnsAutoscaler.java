package io.rke4j.api.cluster;

/**
 * How many DNS servers a cluster has: as many as its cores or its nodes ask for, whichever is more.
 *
 * @param coresPerReplica how many cores one server is for; 0 to leave cores out of account
 * @param nodesPerReplica how many nodes one server is for; 0 to leave nodes out of account
 * @param min how many there are at least
 * @param max how many there are at most; 0 for no limit
 * @param preventSinglePointFailure whether there are two as soon as there are two nodes
 */
public record DnsAutoscaler(
    double coresPerReplica,
    double nodesPerReplica,
    int min,
    int max,
    boolean preventSinglePointFailure) {

  /** RKE's: one server for 128 cores or 4 nodes, two as soon as there are two nodes. */
  public static final DnsAutoscaler USUAL = new DnsAutoscaler(128, 4, 1, 0, true);

  /** Checks that the numbers make sense. */
  public DnsAutoscaler {
    if (coresPerReplica < 0 || nodesPerReplica < 0 || min < 0 || max < 0) {
      throw new IllegalArgumentException("has a number below 0");
    }
    if (coresPerReplica == 0 && nodesPerReplica == 0) {
      throw new IllegalArgumentException(
          "says neither how many cores nor how many nodes one server is for");
    }
    if (max != 0 && max < min) {
      throw new IllegalArgumentException("has a max of " + max + ", below its min of " + min);
    }
  }
}
