package io.rke4j.core.manifest;

import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.PodsSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;

/** Connects pods by VXLAN. */
final class Flannel {

  private static final String POLICY_RULE =
      """
      - apiGroups: [policy, extensions]
        resources: [podsecuritypolicies]
        resourceNames: [psp.flannel.unprivileged]
        verbs: [use]
      """;

  private Flannel() {}

  static String manifest(Resolved cluster) {
    NetworkSpec network = cluster.spec().network();
    PodsSpec pods = network.deployment().pods();
    String iface = network.option("flannel_iface", "");
    boolean policies = cluster.release().traits().addons().podSecurityPolicies();
    return Template.file("flannel.yaml")
            .with("osLabel", cluster.release().traits().addons().osLabel())
            .with("policyRule", policies ? POLICY_RULE : "")
            .with("podCidr", network.podCidr())
            .with("backend", YamlLines.quoted(network.option("flannel_backend_type", "vxlan")))
            .with("vni", network.option("flannel_backend_vni", "1"))
            .with("port", network.option("flannel_backend_port", "8472"))
            .with("iface", iface.isEmpty() ? "" : "- " + YamlLines.quoted("--iface=" + iface))
            .with(
                "nodeSelector", YamlLines.block("nodeSelector", YamlLines.map(pods.nodeSelector())))
            .with("update", PodLines.update(pods.update()))
            .with("priorityClass", pods.priorityClass())
            .with("image", cluster.image(SystemImage.FLANNEL))
            .with("cniImage", cluster.image(SystemImage.FLANNEL_CNI))
            .fill()
        + (policies ? Template.file("flannel-policy.yaml").fill() : "");
  }
}
