package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What kube-controller-manager gives every node of the pods' addresses of one family.
 *
 * @param pods the addresses of all pods
 * @param mask how long the prefix of one node's block is
 * @param flag the argument of kube-controller-manager that says so
 * @see <a href="https://kubernetes.io/docs/reference/command-line-tools-reference/
 *     kube-controller-manager/">kube-controller-manager</a>
 */
public record NodeBlock(Cidr pods, int mask, String flag) {

  /** For one family; with two, each has an argument of its own. */
  static final String FLAG = "node-cidr-mask-size";

  private static final String USUAL_IPV4 = "24";
  private static final String USUAL_IPV6 = "64";

  /**
   * The blocks of each family; none where nodes get none, and of a mask that is no number.
   *
   * @param controllers what the user adds to kube-controller-manager
   */
  public static List<NodeBlock> of(NetworkSpec network, ServiceOptions controllers) {
    List<NodeBlock> blocks = new ArrayList<>();
    if (areGiven(controllers)) {
      network
          .podRanges()
          .blocks()
          .forEach(pods -> add(pods, network.podRanges().isDual(), controllers.args(), blocks));
    }
    return blocks;
  }

  /** Whether nodes get any. */
  static boolean areGiven(ServiceOptions controllers) {
    return !"false".equals(controllers.args().get("allocate-node-cidrs"));
  }

  private static void add(
      Cidr pods, boolean dual, Map<String, String> controllers, List<NodeBlock> blocks) {
    String family = pods.isIpv6() ? "-ipv6" : "-ipv4";
    String flag = dual ? FLAG + family : FLAG;
    String mask = controllers.getOrDefault(flag, pods.isIpv6() ? USUAL_IPV6 : USUAL_IPV4);
    if (mask.matches("\\d{1,3}")) {
      blocks.add(new NodeBlock(pods, Integer.parseInt(mask), flag));
    }
  }

  /** Whether so many nodes get one each. */
  public boolean isEnoughFor(int nodes) {
    return nodes <= Math.pow(2, mask - pods.prefix());
  }
}
