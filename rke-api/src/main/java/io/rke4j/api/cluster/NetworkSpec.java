package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The networks inside the cluster.
 *
 * @param plugin what connects pods
 * @param options options of the plugin by RKE's names, for example {@code flannel_iface}
 * @param podRanges addresses of pods
 * @param serviceRanges addresses of services
 * @param nodePorts ports of services of type NodePort
 * @param clusterDomain the DNS domain of services, for example {@code cluster.local}
 * @param dnsServer the service address of the cluster's DNS server
 * @param deployment how the plugin is deployed
 */
public record NetworkSpec(
    NetworkPlugin plugin,
    Map<String, String> options,
    IpRanges podRanges,
    IpRanges serviceRanges,
    PortRange nodePorts,
    String clusterDomain,
    String dnsServer,
    PluginDeployment deployment) {

  /** Copies the options. */
  public NetworkSpec {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** The IPv4 addresses of pods. */
  public Cidr podCidr() {
    return podRanges.ipv4();
  }

  /** The IPv4 addresses of services. */
  public Cidr serviceCidr() {
    return serviceRanges.ipv4();
  }

  /** Whether pods or services have addresses of both IPv4 and IPv6. */
  public boolean isDual() {
    return podRanges.isDual() || serviceRanges.isDual();
  }

  /** Whether packets between hosts are encrypted by a password. */
  public boolean hasPassword() {
    return !deployment.password().reveal().isEmpty();
  }

  /** An option of the plugin, or its default. */
  public String option(String name, String defaultValue) {
    return options.getOrDefault(name, defaultValue);
  }
}
