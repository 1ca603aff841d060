package io.rke4j.core.config;

import io.rke4j.api.cluster.DnsAutoscaler;
import io.rke4j.api.cluster.DnsBuilder;
import io.rke4j.api.cluster.DnsProvider;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads {@code dns}.
 *
 * @param dns the block
 * @param usual what answers if the file does not say it
 * @param problems what is wrong with the file
 */
record DnsReader(Place dns, DnsProvider usual, FileProblems problems) {

  private static final String AUTOSCALER = "linear_autoscaler_params";

  void read(DnsBuilder builder) {
    DnsProvider provider = provider();
    builder.provider(provider);
    dns.texts("upstreamnameservers").forEach(builder::upstreamServer);
    dns.lists("stubdomains").forEach(builder::stubDomain);
    dns.texts("reversecidrs").forEach(builder::reverseCidr);
    builder.pods(pods -> new PodsReader(problems).read(dns, pods));
    nodeLocal(dns.section("nodelocal"), builder);
    Place options = dns.section("options");
    options
        .text(provider.priorityClassOption())
        .ifPresent(name -> builder.pods(pods -> pods.priorityClass(name)));
    options
        .text(provider.autoscalerPriorityClassOption())
        .ifPresent(builder::autoscalerPriorityClass);
    refuseOfOther(provider, options);
    if (dns.has(AUTOSCALER) && !problems.explainsAny(Pattern.quote(dns.at(AUTOSCALER)) + ".*")) {
      autoscaler(dns.section(AUTOSCALER), builder);
    }
  }

  private DnsProvider provider() {
    String label = dns.text("provider").orElse("");
    return Arrays.stream(DnsProvider.values())
        .filter(known -> known.label().equals(label))
        .findFirst()
        .orElse(usual);
  }

  /** Only one provider is deployed, so the other's pods have no priority. */
  private void refuseOfOther(DnsProvider provider, Place options) {
    if (provider == DnsProvider.NONE || problems.explains(dns.at("provider"))) {
      return;
    }
    DnsProvider other =
        provider == DnsProvider.COREDNS ? DnsProvider.KUBE_DNS : DnsProvider.COREDNS;
    Stream.of(other.priorityClassOption(), other.autoscalerPriorityClassOption())
        .filter(option -> options.text(option).isPresent())
        .forEach(
            option ->
                problems.add(
                    options.at(option),
                    "has no effect with provider " + provider.label(),
                    "leave it out"));
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
