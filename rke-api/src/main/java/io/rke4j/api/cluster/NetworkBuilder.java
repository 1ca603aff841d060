package io.rke4j.api.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the parts of the cluster's networks; what is not said gets RKE's default. */
public final class NetworkBuilder {

  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final Problems problems;
  private final PodsBuilder pods;
  private final Map<String, String> options = new TreeMap<>();
  private NetworkPlugin plugin = NetworkPlugin.CANAL;
  private Cidr podCidr = new Cidr("10.42.0.0/16");
  private Cidr serviceCidr = new Cidr("10.43.0.0/16");
  private PortRange nodePorts = new PortRange(30000, 32767);
  private String clusterDomain = "cluster.local";
  private @Nullable String dnsServer;
  private int mtu;
  private Secret password = Secret.of("");
  private boolean bridgeFilter;
  private boolean rangesKnown = true;

  NetworkBuilder(Problems problems) {
    this.problems = problems;
    this.pods = new PodsBuilder("network", "options", PodsBuilder.Kind.DAEMON_SET, problems);
  }

  /**
   * What connects pods: {@code canal}, {@code calico}, {@code flannel}, {@code weave} or {@code
   * none}; {@code canal} if not called.
   */
  public NetworkBuilder plugin(String name) {
    for (NetworkPlugin known : NetworkPlugin.values()) {
      if (known.label().equals(name)) {
        plugin = known;
        return this;
      }
    }
    problems.add(
        "network.plugin",
        "'" + name + "' is not supported",
        "use canal, calico, flannel, weave or none");
    return this;
  }

  /** An option of the plugin by RKE's name, for example {@code flannel_iface}. */
  public NetworkBuilder option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /**
   * Where the plugin's pods run. Those on the nodes tolerate every taint; the tolerations are those
   * of Calico's controllers.
   */
  public NetworkBuilder pods(Consumer<PodsBuilder> placement) {
    placement.accept(pods);
    return this;
  }

  /**
   * Encrypts what weave sends between hosts. Pods find the password in a Secret; it is in no
   * manifest, argument, variable or plan.
   */
  public NetworkBuilder password(Secret shared) {
    password = shared;
    return this;
  }

  /**
   * Has kube-proxy load the kernel's module br_netfilter on every node. Without it, services cannot
   * be reached from pods on the same host, so the module has to be there anyhow. Needs rke-tools
   * v0.1.111 or newer.
   */
  public NetworkBuilder loadBridgeFilter(boolean load) {
    bridgeFilter = load;
    return this;
  }

  /** The largest packet of pods, in bytes; the plugin's own default if not called, or with 0. */
  public NetworkBuilder mtu(int bytes) {
    mtu = bytes;
    return this;
  }

  /** Addresses of pods; {@code 10.42.0.0/16} if not called. */
  public NetworkBuilder podCidr(String cidr) {
    podCidr = range("network.podCidr", podCidr, cidr);
    return this;
  }

  /** Addresses of services; {@code 10.43.0.0/16} if not called. */
  public NetworkBuilder serviceCidr(String cidr) {
    serviceCidr = range("network.serviceCidr", serviceCidr, cidr);
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

  private Cidr range(String path, Cidr fallback, String text) {
    int before = problems.found().size();
    Cidr cidr = problems.value(path, fallback, () -> new Cidr(text));
    rangesKnown &= problems.found().size() == before;
    return cidr;
  }

  NetworkSpec build() {
    checkDomain();
    NetworkOptions.check(options, problems);
    PluginDeployment deployment = new PluginDeployment(pods.build(), mtu, password, bridgeFilter);
    PluginChecks.check(plugin, deployment, problems);
    String dns = rangesKnown ? checkRanges() : "";
    return new NetworkSpec(
        plugin, options, podCidr, serviceCidr, nodePorts, clusterDomain, dns, deployment);
  }

  private void checkDomain() {
    if (clusterDomain.length() > 253 || !DOMAIN.matcher(clusterDomain).matches()) {
      problems.add("network.clusterDomain", "'" + clusterDomain + "' is not a DNS domain", "");
    }
  }

  /** Checks the ranges against each other, and tells the DNS server's address. */
  private String checkRanges() {
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
    String dns = dnsServer;
    if (dns == null) {
      return problems.value("network.serviceCidr", "", () -> serviceCidr.address(10));
    }
    if (!Addresses.isIpv4(dns) || !serviceCidr.contains(dns)) {
      problems.add(
          "network.dnsServer",
          "'" + dns + "' is not an address of the service CIDR " + serviceCidr,
          "leave it out, or take one from the CIDR");
    }
    return dns;
  }
}
