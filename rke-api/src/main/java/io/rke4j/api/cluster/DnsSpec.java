package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cluster's DNS server.
 *
 * @param provider what it is
 * @param upstreamServers where names outside the cluster are looked up; the host's resolver if
 *     empty
 * @param stubDomains domains that servers of their own know, with those servers
 * @param reverseCidrs addresses whose names the cluster's DNS server knows; all if empty
 * @param pods where its pods run
 * @param autoscaler how many there are
 * @param autoscalerPriorityClass the PriorityClass of what scales it; empty for the provider's
 *     usual one
 * @param nodeLocal whether every node keeps its answers
 */
public record DnsSpec(
    DnsProvider provider,
    List<String> upstreamServers,
    Map<String, List<String>> stubDomains,
    List<Cidr> reverseCidrs,
    PodsSpec pods,
    DnsAutoscaler autoscaler,
    String autoscalerPriorityClass,
    NodeLocalDns nodeLocal) {

  /** Copies the collections. */
  public DnsSpec {
    upstreamServers = List.copyOf(upstreamServers);
    Map<String, List<String>> copy = new TreeMap<>();
    stubDomains.forEach((domain, servers) -> copy.put(domain, List.copyOf(servers)));
    stubDomains = Collections.unmodifiableMap(copy);
    reverseCidrs = List.copyOf(reverseCidrs);
  }

  /** Whether there is one. */
  public boolean enabled() {
    return provider != DnsProvider.NONE;
  }
}
