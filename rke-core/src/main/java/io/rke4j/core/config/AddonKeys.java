package io.rke4j.core.config;

import static io.rke4j.core.config.Key.choice;
import static io.rke4j.core.config.Key.decimal;
import static io.rke4j.core.config.Key.objects;
import static io.rke4j.core.config.Key.pairs;
import static io.rke4j.core.config.Key.section;
import static io.rke4j.core.config.Key.sections;
import static io.rke4j.core.config.Key.text;
import static io.rke4j.core.config.Key.texts;
import static io.rke4j.core.config.Key.truth;
import static io.rke4j.core.config.Key.whole;

import io.rke4j.core.config.Shape.PairsOfLists;

/** The keys under {@code dns}, {@code ingress} and {@code monitoring}, and what they share. */
final class AddonKeys {

  private AddonKeys() {}

  static Key dns() {
    return section(
        "dns",
        Key.of("provider", choice("coredns", "kube-dns", "none")),
        texts("upstreamnameservers"),
        pairs("node_selector"),
        section(
            "options",
            text("coredns_priority_class_name"),
            text("coredns_autoscaler_priority_class_name"),
            text("kube_dns_priority_class_name"),
            text("kube_dns_autoscaler_priority_class_name")),
        texts("reversecidrs"),
        Key.of("stubdomains", new PairsOfLists()),
        section(
            "nodelocal",
            text("ip_address"),
            pairs("node_selector"),
            daemonSetStrategy(),
            text("node_local_dns_priority_class_name")),
        deploymentStrategy(),
        section(
            "linear_autoscaler_params",
            decimal("cores_per_replica"),
            decimal("nodes_per_replica"),
            whole("min"),
            whole("max"),
            truth("prevent_single_point_failure")),
        tolerations());
  }

  static Key ingress() {
    return section(
        "ingress",
        Key.of("provider", choice("nginx", "none")),
        pairs("options"),
        pairs("node_selector"),
        pairs("extra_args"),
        Key.of("dns_policy", choice("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")),
        objects("extra_envs"),
        objects("extra_volumes"),
        objects("extra_volume_mounts"),
        daemonSetStrategy(),
        whole("http_port"),
        whole("https_port"),
        Key.of("network_mode", choice("hostNetwork", "hostPort", "none")),
        tolerations(),
        truth("default_backend"),
        truth("default_ingress_class"),
        text("default_http_backend_priority_class_name"),
        text("nginx_ingress_controller_priority_class_name"));
  }

  static Key monitoring() {
    return section(
        "monitoring",
        Key.of("provider", choice("metrics-server", "none")),
        pairs("options"),
        pairs("node_selector"),
        whole("replicas"),
        deploymentStrategy(),
        tolerations(),
        text("metrics_server_priority_class_name"));
  }

  /** How a Deployment replaces its pods. */
  private static Key deploymentStrategy() {
    return section(
        "update_strategy",
        Key.of("strategy", choice("RollingUpdate", "Recreate")),
        section("rollingUpdate", text("maxUnavailable"), text("maxSurge")));
  }

  /** How a DaemonSet replaces its pods. */
  static Key daemonSetStrategy() {
    return section(
        "update_strategy",
        Key.of("strategy", choice("RollingUpdate", "OnDelete")),
        section("rollingUpdate", text("maxUnavailable")));
  }

  static Key tolerations() {
    return sections(
        "tolerations",
        text("key"),
        Key.of("operator", choice("Equal", "Exists")),
        text("value"),
        Key.of("effect", choice("NoSchedule", "PreferNoSchedule", "NoExecute")),
        whole("tolerationSeconds"));
  }
}
