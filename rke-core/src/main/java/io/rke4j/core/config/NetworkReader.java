package io.rke4j.core.config;

import io.rke4j.api.cluster.NetworkBuilder;
import io.rke4j.api.cluster.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code network}. */
record NetworkReader(Place network, FileProblems problems) {

  private static final Map<String, String> PRIORITY_CLASSES =
      Map.of(
          "canal", "canal_priority_class_name",
          "calico", "calico_node_priority_class_name",
          "flannel", "kube_flannel_priority_class_name",
          "weave", "weave_net_priority_class_name");

  void read(NetworkBuilder builder) {
    Optional<String> plugin = network.text("plugin").filter(name -> !isUnknown());
    plugin.ifPresent(builder::plugin);
    if (!isUnknown()) {
      network.whole("mtu").ifPresent(builder::mtu);
    }
    for (String known : List.of("canal", "flannel")) {
      network
          .section(known + "_network_provider")
          .text("iface")
          .ifPresent(iface -> builder.option(known + "_iface", iface));
    }
    network
        .section("weave_network_provider")
        .text("password")
        .ifPresent(password -> builder.password(Secret.of(password)));
    network.truth("enable_br_netfilter").ifPresent(builder::loadBridgeFilter);
    options(builder, PRIORITY_CLASSES.getOrDefault(plugin.orElse("canal"), ""));
    builder.pods(pods -> new PodsReader(problems).read(network, pods));
  }

  private boolean isUnknown() {
    return problems.explains(network.at("plugin"));
  }

  /**
   * What is for other plugins is kept and has no effect, as with RKE: its tools write it anyhow.
   */
  private void options(NetworkBuilder builder, String priorityClass) {
    network
        .pairs("options")
        .forEach(
            (name, value) -> {
              if (name.equals(priorityClass)) {
                builder.pods(pods -> pods.priorityClass(value));
              } else if (!value.isBlank()) {
                builder.option(name, value);
              }
            });
  }
}
