package io.rke4j.core.config;

import static io.rke4j.core.config.Key.anything;
import static io.rke4j.core.config.Key.choice;
import static io.rke4j.core.config.Key.pairs;
import static io.rke4j.core.config.Key.section;
import static io.rke4j.core.config.Key.sections;
import static io.rke4j.core.config.Key.text;
import static io.rke4j.core.config.Key.texts;
import static io.rke4j.core.config.Key.truth;
import static io.rke4j.core.config.Key.whole;

import io.rke4j.core.config.Shape.Choice;
import java.util.List;

/** The keys under {@code dns}, {@code ingress} and {@code monitoring}, and what they share. */
final class AddonKeys {

  private AddonKeys() {}

  static Key dns() {
    return section(
        "dns",
        Key.of("provider", new Choice(List.of("coredns", "none"), List.of("kube-dns"))),
        texts("upstreamnameservers"),
        pairs("node_selector"),
        pairs("options").notYet(),
        texts("reversecidrs").notYet(),
        anything("stubdomains").notYet(),
        section(
                "nodelocal",
                text("ip_address"),
                pairs("node_selector"),
                updateStrategy(),
                text("node_local_dns_priority_class_name"))
            .notYet(),
        updateStrategy(),
        section(
                "linear_autoscaler_params",
                anything("cores_per_replica"),
                anything("nodes_per_replica"),
                whole("min"),
                whole("max"),
                truth("prevent_single_point_failure"))
            .notYetUnless(),
        tolerations());
  }

  static Key ingress() {
    return section(
        "ingress",
        Key.of("provider", choice("nginx", "none")),
        pairs("options"),
        pairs("node_selector"),
        pairs("extra_args"),
        text("dns_policy").notYetUnless("", "ClusterFirst"),
        anything("extra_envs").notYet(),
        anything("extra_volumes").notYet(),
        anything("extra_volume_mounts").notYet(),
        updateStrategy(),
        whole("http_port").notYetUnless("0", "80"),
        whole("https_port").notYetUnless("0", "443"),
        text("network_mode").notYet(),
        tolerations(),
        truth("default_backend").notYetUnless(),
        truth("default_ingress_class").notYetUnless("true"),
        text("default_http_backend_priority_class_name").notYet(),
        text("nginx_ingress_controller_priority_class_name").notYet());
  }

  static Key monitoring() {
    return section(
        "monitoring",
        Key.of("provider", choice("metrics-server", "none")),
        pairs("options"),
        pairs("node_selector"),
        whole("replicas"),
        updateStrategy(),
        tolerations(),
        text("metrics_server_priority_class_name").notYet());
  }

  static Key updateStrategy() {
    return section(
            "update_strategy",
            text("strategy"),
            section("rollingUpdate", text("maxUnavailable"), text("maxSurge")))
        .notYet();
  }

  static Key tolerations() {
    return sections(
            "tolerations",
            text("key"),
            text("operator"),
            text("value"),
            text("effect"),
            whole("tolerationSeconds"))
        .notYet();
  }
}
