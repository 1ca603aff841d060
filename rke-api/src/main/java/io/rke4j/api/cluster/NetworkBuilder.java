package io.rke4j.api.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the parts of the cluster's networks; what is not said gets RKE's default. */
public final class NetworkBuilder {

  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final Problems problems;
  private final Map<String, String> options = new TreeMap<>();
  private NetworkPlugin plugin = NetworkPlugin.FLANNEL;
  private Cidr podCidr = new Cidr("10.42.0.0/16");
  private Cidr serviceCidr = new Cidr("10.43.0.0/16");
  private PortRange nodePorts = new PortRange(30000, 32767);
  private String clusterDomain = "cluster.local";
  private @Nullable String dnsServer;

  NetworkBuilder(Problems problems) {
    this.problems = problems;
  }

  /** What connects pods: {@code flannel} or {@code none}. */
  public NetworkBuilder plugin(String name) {
    for (NetworkPlugin known : NetworkPlugin.values()) {
      if (known.label().equals(name)) {
        plugin = known;
        return this;
      }
    }
    problems.add("network.plugin", "'" + name + "' is not supported", "use flannel or none");
    return this;
  }

  /** An option of the plugin by RKE's name, for example {@code flannel_iface}. */
  public NetworkBuilder option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /** Addresses of pods; {@code 10.42.0.0/16} if not called. */
  public NetworkBuilder podCidr(String cidr) {
    podCidr = problems.value("network.podCidr", podCidr, () -> new Cidr(cidr));
    return this;
  }

  /** Addresses of services; {@code 10.43.0.0/16} if not called. */
  public NetworkBuilder serviceCidr(String cidr) {
    serviceCidr = problems.value("network.serviceCidr", serviceCidr, () -> new Cidr(cidr));
    return this;
  }

  /** Ports of services of type NodePort; {@code 30000-32767} if not called. */
  public NetworkBuilder nodePorts(String range) {
    nodePorts = problems.value("network.nodePorts", nodePorts, () -> PortRange.parse(range));
    return this;
  }

  /** The DNS domain of services; {@code cluster.local} if not called. */
  public NetworkBuilder clusterDomain(String domain) {
    clusterDomain = domain;
    return this;
  }

  /** The service address of the DNS server; the tenth of the service CIDR if not called. */
  public NetworkBuilder dnsServer(String address) {
    dnsServer = address;
    return this;
  }

  NetworkSpec build() {
    if (podCidr.overlaps(serviceCidr)) {
      problems.add(
          "network",
          "pods (" + podCidr + ") and services (" + serviceCidr + ") share addresses",
          "give them separate CIDRs");
    }
    if (podCidr.prefix() > 24) {
      problems.add(
          "network.podCidr",
          podCidr + " is too small: every node takes a /24 of it",
          "give a /16 to /24");
    }
    if (!DOMAIN.matcher(clusterDomain).matches()) {
      problems.add("network.clusterDomain", "'" + clusterDomain + "' is not a DNS domain", "");
    }
    String dns = dnsServer;
    if (dns == null) {
      dns = problems.value("network.serviceCidr", "10.43.0.10", () -> serviceCidr.address(10));
    } else if (!Addresses.isIpv4(dns) || !serviceCidr.contains(dns)) {
      problems.add(
          "network.dnsServer",
          "'" + dns + "' is not an address of the service CIDR " + serviceCidr,
          "leave it out, or take one from the CIDR");
    }
    return new NetworkSpec(plugin, options, podCidr, serviceCidr, nodePorts, clusterDomain, dns);
  }
}
