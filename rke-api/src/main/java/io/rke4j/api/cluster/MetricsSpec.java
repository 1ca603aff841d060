package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * metrics-server, which answers {@code kubectl top}.
 *
 * @param enabled whether it is deployed
 * @param options further flags without leading dashes
 * @param nodeSelector labels that its nodes must have beside the worker role
 * @param replicas how many run
 */
public record MetricsSpec(
    boolean enabled, Map<String, String> options, Map<String, String> nodeSelector, int replicas) {

  /** Copies the maps. */
  public MetricsSpec {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
  }
}
