package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects what is deployed into the cluster; DNS, metrics-server and ingress unless switched off.
 */
public final class AddonsBuilder {

  private final Problems problems;
  private final List<Addon> user = new ArrayList<>();
  private DnsSpec dns = new DnsSpec(true, List.of(), Map.of());
  private MetricsSpec metrics = new MetricsSpec(true, Map.of(), Map.of(), 1);
  private IngressSpec ingress = new IngressSpec(true, Map.of(), Map.of(), Map.of());
  private Duration jobTimeout = Duration.ofMinutes(2);

  AddonsBuilder(Problems problems) {
    this.problems = problems;
  }

  /** How the DNS server is deployed. */
  public AddonsBuilder dns(DnsSpec spec) {
    this.dns = spec;
    return this;
  }

  /** Deploys no DNS server. */
  public AddonsBuilder withoutDns() {
    return dns(new DnsSpec(false, List.of(), Map.of()));
  }

  /** How metrics-server is deployed. */
  public AddonsBuilder metrics(MetricsSpec spec) {
    this.metrics = spec;
    return this;
  }

  /** Deploys no metrics-server. */
  public AddonsBuilder withoutMetrics() {
    return metrics(new MetricsSpec(false, Map.of(), Map.of(), 1));
  }

  /** How the ingress controller is deployed. */
  public AddonsBuilder ingress(IngressSpec spec) {
    this.ingress = spec;
    return this;
  }

  /** Deploys no ingress controller. */
  public AddonsBuilder withoutIngress() {
    return ingress(new IngressSpec(false, Map.of(), Map.of(), Map.of()));
  }

  /** Adds a manifest of the user's own. */
  public AddonsBuilder user(Addon addon) {
    if (user.stream().anyMatch(known -> known.name().equals(addon.name()))) {
      problems.add("addons", "two addons are named '" + addon.name() + "'", "rename one of them");
    }
    user.add(addon);
    return this;
  }

  /** How long one deploy Job may take; two minutes if not called. */
  public AddonsBuilder jobTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      problems.add(
          "addon_job_timeout",
          "must be above 0, but is " + timeout.toSeconds() + " s",
          "give seconds");
    } else {
      this.jobTimeout = timeout;
    }
    return this;
  }

  AddonsSpec build() {
    checkUpstreamServers();
    checkSelector("dns.node_selector.", dns.nodeSelector());
    checkSelector("ingress.node_selector.", ingress.nodeSelector());
    checkSelector("monitoring.node_selector.", metrics.nodeSelector());
    if (metrics.replicas() < 1) {
      problems.add(
          "monitoring.replicas",
          "must be at least 1, but is " + metrics.replicas(),
          "deploy no metrics-server by provider none");
    }
    return new AddonsSpec(dns, metrics, ingress, user, jobTimeout);
  }

  private void checkSelector(String path, Map<String, String> selector) {
    selector.forEach((label, value) -> NodeLabels.check(path + label, label, value, problems));
  }

  /** CoreDNS takes addresses, with a protocol and a port if need be, and files with addresses. */
  private void checkUpstreamServers() {
    for (int index = 0; index < dns.upstreamServers().size(); index++) {
      String server = dns.upstreamServers().get(index);
      String address = server.replaceFirst("^(dns|tls)://", "").replaceFirst(":\\d{1,5}$", "");
      if (!server.startsWith("/")) {
        Addresses.check("dns.upstreamnameservers[" + index + "]", address, problems);
      }
    }
  }
}
