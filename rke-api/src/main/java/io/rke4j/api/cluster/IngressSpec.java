package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nginx ingress controller.
 *
 * @param enabled whether it is deployed
 * @param options entries of the controller's ConfigMap
 * @param ports how it is reached
 * @param pods where it runs. Controllers tolerate every taint in any case; the tolerations are
 *     those of the default backend
 * @param controller what is added to its pods
 * @param backend what answers where no rule matches
 * @param defaultClass whether its class is that of Ingresses which are made without one
 */
public record IngressSpec(
    boolean enabled,
    Map<String, String> options,
    IngressPorts ports,
    PodsSpec pods,
    ControllerPod controller,
    IngressBackend backend,
    boolean defaultClass) {

  /** Copies the map. */
  public IngressSpec {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }
}
