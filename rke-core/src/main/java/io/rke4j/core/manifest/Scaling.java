package io.rke4j.core.manifest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.DnsAutoscaler;
import java.math.BigDecimal;

/** The parameters of what scales the DNS server. */
final class Scaling {

  private Scaling() {}

  /** What is 0 or false is left out, as RKE does. */
  static String json(DnsAutoscaler autoscaler) {
    ObjectNode linear = JsonNodeFactory.instance.objectNode();
    number(linear, "coresPerReplica", autoscaler.coresPerReplica());
    number(linear, "nodesPerReplica", autoscaler.nodesPerReplica());
    number(linear, "min", autoscaler.min());
    number(linear, "max", autoscaler.max());
    if (autoscaler.preventSinglePointFailure()) {
      linear.put("preventSinglePointFailure", true);
    }
    return linear.toString();
  }

  private static void number(ObjectNode node, String name, double value) {
    if (value == Math.rint(value) && value != 0) {
      node.put(name, (long) value);
    } else if (value != 0) {
      node.put(name, BigDecimal.valueOf(value));
    }
  }
}
