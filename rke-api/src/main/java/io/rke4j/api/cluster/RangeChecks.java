package io.rke4j.api.cluster;

import java.util.Map;
import java.util.Optional;

/** Refuses addresses that Kubernetes could not give out. */
final class RangeChecks {

  /** More bits than these are not told apart in services, nor in nodes with IPv6. */
  private static final int SERVICE_BITS = 20;

  private static final int NODE_BITS_IPV6 = 16;

  private static final int NODE_MASK_IPV4 = 24;
  private static final int NODE_MASK_IPV6 = 64;

  private static final String PODS = "network.podCidr";
  private static final String SERVICES = "network.serviceCidr";
  private static final String MASK = "node-cidr-mask-size";

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
    overlap(network.podRanges().ipv4(), network.serviceRanges().ipv4());
    network
        .podRanges()
        .ipv6()
        .ifPresent(pods -> network.serviceRanges().ipv6().ifPresent(own -> overlap(pods, own)));
    network.serviceRanges().blocks().forEach(this::services);
    if (!"false".equals(controllers.args().get("allocate-node-cidrs"))) {
      nodes(controllers.args());
    }
    if (network.isDual()) {
      plugin();
    }
  }

  private void overlap(Cidr pods, Cidr services) {
    if (pods.overlaps(services)) {
      problems.add(
          "network",
          "pods (" + pods + ") and services (" + services + ") share addresses",
          "give them separate CIDRs");
    }
  }

  private void services(Cidr block) {
    if (block.freeBits() > SERVICE_BITS) {
      problems.add(
          SERVICES,
          block + " is too large for Kubernetes",
          "give a /" + (block.prefix() + block.freeBits() - SERVICE_BITS) + " or smaller");
    }
  }

  private void nodes(Map<String, String> controllers) {
    String forBoth = "services.kube-controller.extra_args." + MASK;
    boolean dual = network.podRanges().isDual();
    if (dual && controllers.containsKey(MASK)) {
      problems.add(
          forBoth,
          "is not for two families, and ends kube-controller-manager",
          "give " + MASK + "-ipv4 and " + MASK + "-ipv6");
      return;
    }
    Optional<String> single = Optional.ofNullable(controllers.get(dual ? MASK + "-ipv4" : MASK));
    mask(single, NODE_MASK_IPV4).ifPresent(mask -> large(network.podRanges().ipv4(), mask));
    Optional<String> second = Optional.ofNullable(controllers.get(MASK + "-ipv6"));
    network
        .podRanges()
        .ipv6()
        .ifPresent(pods -> mask(second, NODE_MASK_IPV6).ifPresent(mask -> both(pods, mask)));
  }

  /** What is no number is not judged. */
  private static Optional<Integer> mask(Optional<String> wanted, int usual) {
    if (wanted.isEmpty()) {
      return Optional.of(usual);
    }
    return wanted.filter(text -> text.matches("\\d{1,3}")).map(Integer::valueOf);
  }

  private void both(Cidr pods, int mask) {
    large(pods, mask);
    if (mask - pods.prefix() > NODE_BITS_IPV6) {
      problems.add(
          PODS,
          pods + " is too large for Kubernetes, since every node takes a /" + mask + " of it",
          "give a /" + (mask - NODE_BITS_IPV6) + " to /" + mask + otherwise(pods));
    }
  }

  private void large(Cidr pods, int mask) {
    if (pods.prefix() > mask) {
      int least = pods.isIpv6() ? mask - NODE_BITS_IPV6 : 16;
      problems.add(
          PODS,
          pods + " is too small: every node takes a /" + mask + " of it",
          "give a /" + Math.min(least, mask) + " to /" + mask + otherwise(pods));
    }
  }

  private String otherwise(Cidr pods) {
    String family = pods.isIpv6() ? "-ipv6" : network.podRanges().isDual() ? "-ipv4" : "";
    return ", or set " + MASK + family + " in services.kube-controller.extra_args";
  }

  private void plugin() {
    if (network.plugin() != NetworkPlugin.CALICO && network.plugin() != NetworkPlugin.NONE) {
      problems.add(
          "network.plugin",
          network.plugin().label() + " gives no IPv6 addresses",
          "use calico, or none and a plugin of your own, or give ranges of IPv4 only");
    }
  }
}
