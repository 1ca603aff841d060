package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nginx ingress controller.
 *
 * @param enabled whether it is deployed
 * @param options entries of the controller's ConfigMap
 * @param extraArgs further flags of the controller without leading dashes
 * @param nodeSelector labels that its nodes must have beside the worker role
 */
public record IngressSpec(
    boolean enabled,
    Map<String, String> options,
    Map<String, String> extraArgs,
    Map<String, String> nodeSelector) {

  /** Copies the maps. */
  public IngressSpec {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    extraArgs = Collections.unmodifiableMap(new TreeMap<>(extraArgs));
    nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
  }
}
