package io.rke4j.core.config;

import io.rke4j.api.cluster.DnsAutoscaler;
import io.rke4j.api.cluster.DnsBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code dns}. */
record DnsReader(Place dns, FileProblems problems) {

  private static final String AUTOSCALER = "linear_autoscaler_params";

  void read(DnsBuilder builder) {
    builder.enabled(AddonReader.wanted(dns));
    dns.texts("upstreamnameservers").forEach(builder::upstreamServer);
    dns.lists("stubdomains").forEach(builder::stubDomain);
    dns.texts("reversecidrs").forEach(builder::reverseCidr);
    builder.pods(pods -> new PodsReader(problems).read(dns, pods));
    nodeLocal(dns.section("nodelocal"), builder);
    Place options = dns.section("options");
    options
        .text("coredns_priority_class_name")
        .ifPresent(name -> builder.pods(pods -> pods.priorityClass(name)));
    options
        .text("coredns_autoscaler_priority_class_name")
        .ifPresent(builder::autoscalerPriorityClass);
    if (dns.has(AUTOSCALER) && !problems.explainsAny(Pattern.quote(dns.at(AUTOSCALER)) + ".*")) {
      autoscaler(dns.section(AUTOSCALER), builder);
    }
  }

  /** As with RKE, the address switches it on. */
  private void nodeLocal(Place place, DnsBuilder builder) {
    Optional<String> address = place.text("ip_address");
    if (address.isEmpty()) {
      boolean says =
          !place.pairs("node_selector").isEmpty()
              || place.text("node_local_dns_priority_class_name").isPresent();
      if (says && !problems.explains(place.at("ip_address"))) {
        problems.add(place.path(), "has no effect without ip_address", "give it, or leave it out");
      }
      return;
    }
    builder.nodeLocal(
        address.get(),
        pods -> {
          new PodsReader(problems).read(place, pods);
          place.text("node_local_dns_priority_class_name").ifPresent(pods::priorityClass);
        });
  }

  /** As with RKE, a block that is there is not filled up with defaults. */
  private void autoscaler(Place place, DnsBuilder builder) {
    try {
      builder.autoscaler(
          new DnsAutoscaler(
              place.decimal("cores_per_replica").orElse(0.0),
              place.decimal("nodes_per_replica").orElse(0.0),
              place.whole("min").orElse(0),
              place.whole("max").orElse(0),
              place.truth("prevent_single_point_failure").orElse(false)));
    } catch (IllegalArgumentException e) {
      problems.add(place.path(), String.valueOf(e.getMessage()), "");
    }
  }
}
