package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Collects how the DNS server is deployed; what is not said gets RKE's default. */
public final class DnsBuilder {

  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9_]([-a-z0-9_]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final Problems problems;
  private final PodsBuilder pods;
  private final List<String> upstreamServers = new ArrayList<>();
  private final Map<String, List<String>> stubDomains = new TreeMap<>();
  private final List<Cidr> reverseCidrs = new ArrayList<>();
  private DnsAutoscaler autoscaler = DnsAutoscaler.USUAL;
  private String autoscalerPriorityClass = "";
  private NodeLocalDns nodeLocal = new NodeLocalDns.Off();
  private DnsProvider provider = DnsProvider.COREDNS;
  private boolean isChosen;
  private boolean enabled = true;

  DnsBuilder(Problems problems) {
    this.problems = problems;
    this.pods =
        new PodsBuilder(
            "dns",
            priorityKey(provider.priorityClassOption()),
            PodsBuilder.Kind.DEPLOYMENT,
            problems);
  }

  /** Whether it is deployed; it is if not called. */
  public DnsBuilder enabled(boolean wanted) {
    this.enabled = wanted;
    return this;
  }

  /** What it is; {@link DnsProvider#usual} for the version if not called. */
  public DnsBuilder provider(DnsProvider wanted) {
    provider = wanted;
    isChosen = true;
    pods.priorityKey(priorityKey(wanted.priorityClassOption()));
    return this;
  }

  /**
   * Where names outside the cluster are looked up: an address, with a port if need be; for CoreDNS
   * also with a protocol ({@code tls://}), or a file with addresses. The host's resolver if not
   * called. kube-dns takes three at most.
   */
  public DnsBuilder upstreamServer(String server) {
    checkServer("dns.upstreamnameservers[" + upstreamServers.size() + "]", server);
    upstreamServers.add(server);
    return this;
  }

  /** Looks up names in a domain with servers of its own; their form is that of upstream servers. */
  public DnsBuilder stubDomain(String domain, List<String> servers) {
    String path = "dns.stubdomains." + domain;
    if (domain.length() > 253 || !DOMAIN.matcher(domain).matches()) {
      problems.add(path, "'" + domain + "' is not a DNS domain", "");
    }
    if (servers.isEmpty()) {
      problems.add(path, "has no servers", "give their addresses");
    }
    for (int index = 0; index < servers.size(); index++) {
      checkServer(path + "[" + index + "]", servers.get(index));
    }
    stubDomains.put(domain, servers);
    return this;
  }

  /** Addresses whose names the cluster's DNS server knows; all addresses if not called. */
  public DnsBuilder reverseCidr(String cidr) {
    problems.value(
        "dns.reversecidrs[" + reverseCidrs.size() + "]",
        false,
        () -> reverseCidrs.add(new Cidr(cidr)));
    return this;
  }

  /** Where its pods run. */
  public DnsBuilder pods(Consumer<PodsBuilder> placement) {
    placement.accept(pods);
    return this;
  }

  /** How many DNS servers there are; {@link DnsAutoscaler#USUAL} if not called. */
  public DnsBuilder autoscaler(DnsAutoscaler parameters) {
    this.autoscaler = parameters;
    return this;
  }

  /** The PriorityClass of what scales the DNS server, which the cluster must have. */
  public DnsBuilder autoscalerPriorityClass(String name) {
    autoscalerPriorityClass =
        PriorityClasses.check(
            "dns." + priorityKey(provider.autoscalerPriorityClassOption()), name, problems);
    return this;
  }

  /**
   * Has every node keep the DNS server's answers, and pods ask their node.
   *
   * @param address where it listens on every node: an address that nobody else has, for example
   *     {@code 169.254.20.10}
   * @param placement where its pods run; they tolerate every taint
   */
  public DnsBuilder nodeLocal(String address, Consumer<PodsBuilder> placement) {
    if (!Addresses.isIpv4(address)) {
      problems.add("dns.nodelocal.ip_address", "'" + address + "' is not an IPv4 address", "");
    }
    PodsBuilder builder =
        new PodsBuilder(
            "dns.nodelocal",
            "node_local_dns_priority_class_name",
            PodsBuilder.Kind.DAEMON_SET,
            problems);
    placement.accept(builder);
    PodsSpec built = builder.build();
    if (!built.tolerations().isEmpty()) {
      problems.add("dns.nodelocal", "tolerates every taint anyway", "leave tolerations out");
    }
    nodeLocal = new NodeLocalDns.On(address, built);
    return this;
  }

  private void checkServer(String path, String server) {
    if (!server.matches("/[^\\s{}]*")) {
      Addresses.checkAnyFamily(path, withoutPort(server), problems);
    }
  }

  /** An address of IPv6 with a port stands in brackets. */
  private static String withoutPort(String server) {
    String address = server.replaceFirst("^(dns|tls)://", "");
    return address.indexOf(':') == address.lastIndexOf(':')
        ? address.replaceFirst(":\\d{1,5}$", "")
        : address.replaceFirst("^\\[([0-9A-Fa-f:]+)](:\\d{1,5})?$", "$1");
  }

  private static String priorityKey(String option) {
    return "options." + option;
  }

  private void checkForKubeDns() {
    if (upstreamServers.size() > 3) {
      problems.add(
          "dns.upstreamnameservers", "has more than the three that kube-dns takes", "keep three");
    }
    for (int index = 0; index < upstreamServers.size(); index++) {
      checkPlain("dns.upstreamnameservers[" + index + "]", upstreamServers.get(index));
    }
    stubDomains.forEach(
        (domain, servers) -> {
          for (int index = 0; index < servers.size(); index++) {
            checkPlain("dns.stubdomains." + domain + "[" + index + "]", servers.get(index));
          }
        });
  }

  private void checkPlain(String path, String server) {
    if (server.contains("/")) {
      problems.add(
          path,
          "'" + server + "' is nothing that kube-dns can ask",
          "give an address, with a port if need be, or use CoreDNS");
    }
  }

  DnsSpec build(DnsProvider usual) {
    DnsProvider wanted = isChosen ? provider : usual;
    DnsProvider built = enabled ? wanted : DnsProvider.NONE;
    if (built == DnsProvider.KUBE_DNS) {
      checkForKubeDns();
    }
    if (built == DnsProvider.NONE && nodeLocal instanceof NodeLocalDns.On) {
      problems.add(
          "dns.nodelocal", "keeps answers of a DNS server that is not deployed", "leave it out");
    }
    return new DnsSpec(
        built,
        upstreamServers,
        stubDomains,
        reverseCidrs,
        pods.build(),
        autoscaler,
        autoscalerPriorityClass,
        nodeLocal);
  }
}
