package io.rke4j.api.cluster;

/** Refuses addresses that Kubernetes could not give out. */
final class RangeChecks {

  /** So many bits at most tell services apart. */
  private static final int SERVICE_BITS = 20;

  /** So many bits at most tell nodes apart by their IPv6 addresses. */
  private static final int NODE_BITS = 16;

  private static final String PODS = "network.podCidr";
  private static final String ARGUMENTS = "services.kube-controller.extra_args";

  private final NetworkSpec network;
  private final Problems problems;

  RangeChecks(NetworkSpec network, Problems problems) {
    this.network = network;
    this.problems = problems;
  }

  /**
   * Finds what does not fit together.
   *
   * @param controllers what the user adds to kube-controller-manager, which divides the addresses
   *     of pods among nodes
   */
  void check(ServiceOptions controllers) {
    for (Cidr pods : network.podRanges().blocks()) {
      network.serviceRanges().blocks().forEach(services -> requireApart(pods, services));
    }
    network.serviceRanges().blocks().forEach(this::requireFewServices);
    if (NodeBlock.areGiven(controllers)) {
      requireShares(controllers);
    }
    if (network.isDual()
        && network.plugin() != NetworkPlugin.CALICO
        && network.plugin() != NetworkPlugin.NONE) {
      problems.add(
          "network.plugin",
          network.plugin().label() + " gives no IPv6 addresses",
          "use calico, or none and a plugin of your own, or give ranges of IPv4 only");
    }
  }

  private void requireApart(Cidr pods, Cidr services) {
    if (pods.overlaps(services)) {
      problems.add(
          "network",
          "pods (" + pods + ") and services (" + services + ") share addresses",
          "give them separate CIDRs");
    }
  }

  private void requireFewServices(Cidr block) {
    int excess = block.freeBits() - SERVICE_BITS;
    if (excess > 0) {
      problems.add(
          "network.serviceCidr",
          block + " is too large for Kubernetes",
          "give a /" + (block.prefix() + excess) + " or smaller");
    }
  }

  /** Every node takes its share of each block. */
  private void requireShares(ServiceOptions controllers) {
    if (network.podRanges().isDual() && controllers.args().containsKey(NodeBlock.FLAG)) {
      problems.add(
          ARGUMENTS + "." + NodeBlock.FLAG,
          "is not for two families, and ends kube-controller-manager",
          "give " + NodeBlock.FLAG + "-ipv4 and " + NodeBlock.FLAG + "-ipv6");
      return;
    }
    NodeBlock.of(network, controllers).forEach(this::requireShare);
  }

  private void requireShare(NodeBlock block) {
    Cidr pods = block.pods();
    int mask = block.mask();
    int largest = pods.isIpv6() ? Math.max(0, mask - NODE_BITS) : Math.min(16, mask);
    String hint =
        "give a /" + largest + " to /" + mask + ", or set " + block.flag() + " in " + ARGUMENTS;
    if (pods.prefix() > mask) {
      problems.add(PODS, pods + " is too small: every node takes a /" + mask + " of it", hint);
    } else if (pods.isIpv6() && pods.prefix() < largest) {
      problems.add(
          PODS,
          pods + " is too large for Kubernetes, since every node takes a /" + mask + " of it",
          hint);
    }
  }
}
