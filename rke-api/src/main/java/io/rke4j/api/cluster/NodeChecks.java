package io.rke4j.api.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks across all nodes of a cluster. */
final class NodeChecks {

  private NodeChecks() {}

  static void check(List<NodeSpec> nodes, boolean externalEtcd, Problems problems) {
    if (nodes.isEmpty()) {
      problems.add("nodes", "is empty", "a cluster needs at least one node with all three roles");
      return;
    }
    if (externalEtcd && count(nodes, Role.ETCD) > 0) {
      problems.add(
          "nodes", "has role etcd beside services.etcd.external_urls", "keep one of the two");
    } else if (!externalEtcd && count(nodes, Role.ETCD) == 0) {
      problems.add("nodes", "no node has role etcd", "give it to one, three or five nodes");
    }
    if (count(nodes, Role.CONTROL_PLANE) == 0) {
      problems.add("nodes", "no node has role controlplane", "give it to one or more nodes");
    }
    noTwoAlike(nodes, problems);
  }

  private static long count(List<NodeSpec> nodes, Role role) {
    return nodes.stream().filter(node -> node.has(role)).count();
  }

  private static void noTwoAlike(List<NodeSpec> nodes, Problems problems) {
    Map<String, Integer> names = new HashMap<>();
    Map<String, Integer> addresses = new HashMap<>();
    Map<String, Integer> internal = new HashMap<>();
    for (int index = 0; index < nodes.size(); index++) {
      NodeSpec node = nodes.get(index);
      if (!node.name().equals(NodeBuilder.UNNAMED)) {
        unique("hostname_override", node.name().value(), index, names, problems);
      }
      if (node.machine() instanceof ExistingHost host && !host.address().isEmpty()) {
        unique("address", host.address() + ":" + host.ssh().port(), index, addresses, problems);
        unique("internal_address", host.internalAddress(), index, internal, problems);
      }
    }
  }

  private static void unique(
      String field, String value, int index, Map<String, Integer> seen, Problems problems) {
    Integer first = seen.putIfAbsent(value, index);
    if (first != null) {
      problems.add(
          "nodes[" + index + "]." + field,
          "'" + value + "' is also nodes[" + first + "]'s",
          "give every node its own");
    }
  }
}
