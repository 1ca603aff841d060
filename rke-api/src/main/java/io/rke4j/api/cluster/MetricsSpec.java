package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * metrics-server, which answers {@code kubectl top}.
 *
 * @param enabled whether it is deployed
 * @param options further flags without leading dashes
 * @param pods where its pods run
 * @param replicas how many run
 */
public record MetricsSpec(
    boolean enabled, Map<String, String> options, PodsSpec pods, int replicas) {

  /** Copies the map. */
  public MetricsSpec {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }
}
