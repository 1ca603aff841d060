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
  private IpRanges podRanges = IpRanges.parse("10.42.0.0/16");
  private IpRanges serviceRanges = IpRanges.parse("10.43.0.0/16");
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

  /**
   * Addresses of pods; {@code 10.42.0.0/16} if not called. A block of IPv6 may follow after a
   * comma, as in RKE's file.
   */
  public NetworkBuilder podCidr(String cidr) {
    podRanges = ranges("network.podCidr", podRanges, cidr);
    return this;
  }

  /**
   * Addresses of pods in a dual-stack cluster: every pod gets one of each. Needs Kubernetes 1.21 or
   * newer, plugin calico or none, and hosts with addresses of both families.
   */
  public NetworkBuilder podCidr(String ipv4, String ipv6) {
    return podCidr(ipv4 + "," + ipv6);
  }

  /**
   * Addresses of services; {@code 10.43.0.0/16} if not called. A block of IPv6 may follow after a
   * comma, as in RKE's file.
   */
  public NetworkBuilder serviceCidr(String cidr) {
    serviceRanges = ranges("network.serviceCidr", serviceRanges, cidr);
    return this;
  }

  /**
   * Addresses of services in a dual-stack cluster. A service gets one of IPv4, unless its {@code
   * ipFamilyPolicy} says otherwise.
   */
  public NetworkBuilder serviceCidr(String ipv4, String ipv6) {
    return serviceCidr(ipv4 + "," + ipv6);
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

  /** The service address of the DNS server; the tenth of the service CIDR of IPv4 if not called. */
  public NetworkBuilder dnsServer(String address) {
    dnsServer = address;
    return this;
  }

  private IpRanges ranges(String path, IpRanges fallback, String text) {
    int before = problems.found().size();
    IpRanges ranges = problems.value(path, fallback, () -> IpRanges.parse(text));
    rangesKnown &= problems.found().size() == before;
    return ranges;
  }

  /**
   * The networks.
   *
   * @param controllers what the user adds to kube-controller-manager
   */
  NetworkSpec build(ServiceOptions controllers) {
    checkDomain();
    NetworkOptions.check(options, problems);
    PluginDeployment deployment = new PluginDeployment(pods.build(), mtu, password, bridgeFilter);
    PluginChecks.check(plugin, deployment, problems);
    NetworkSpec built =
        new NetworkSpec(
            plugin,
            options,
            podRanges,
            serviceRanges,
            nodePorts,
            clusterDomain,
            rangesKnown ? checkedDns() : "",
            deployment);
    if (rangesKnown) {
      new RangeChecks(built, problems).check(controllers);
    }
    return built;
  }

  private void checkDomain() {
    if (clusterDomain.length() > 253 || !DOMAIN.matcher(clusterDomain).matches()) {
      problems.add("network.clusterDomain", "'" + clusterDomain + "' is not a DNS domain", "");
    }
  }

  private String checkedDns() {
    String dns = dnsServer;
    if (dns == null) {
      return problems.value("network.serviceCidr", "", () -> serviceRanges.ipv4().address(10));
    }
    if (!serviceRanges.contains(dns)) {
      problems.add(
          "network.dnsServer",
          "'" + dns + "' is not an address of the service CIDR " + serviceRanges,
          "leave it out, or take one from the CIDR");
    }
    return dns;
  }
}
