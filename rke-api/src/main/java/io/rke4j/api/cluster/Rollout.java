package io.rke4j.api.cluster;

/**
 * How a change comes to the nodes of a cluster that runs: batch after batch, and no further once a
 * node has failed. Nodes of the control plane come first, then those of etcd one at a time, then
 * all others.
 *
 * @param workers how many of the others at the same time, of all workers
 * @param controlPlane how many of the control plane at the same time
 * @param drain whether pods leave before
 */
public record Rollout(NodeLimit workers, NodeLimit controlPlane, Drain drain) {

  /** RKE's: a tenth of the workers, one of the control plane, without draining. */
  public static final Rollout DEFAULT =
      new Rollout(new NodeLimit(10, true), new NodeLimit(1, false), new Drain.Off());
}
