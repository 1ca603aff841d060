package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CoreDNS, the cluster's DNS server.
 *
 * @param enabled whether it is deployed
 * @param upstreamServers where names outside the cluster are looked up; the host's resolver if
 *     empty
 * @param nodeSelector labels that its nodes must have beside the worker role
 */
public record DnsSpec(
    boolean enabled, List<String> upstreamServers, Map<String, String> nodeSelector) {

  /** Copies the collections. */
  public DnsSpec {
    upstreamServers = List.copyOf(upstreamServers);
    nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
  }
}
