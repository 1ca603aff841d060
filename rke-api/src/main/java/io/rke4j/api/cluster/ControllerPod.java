package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a user adds to the pod of the ingress controller. The lists have objects of Kubernetes' API,
 * as maps with its field names.
 *
 * @param extraArgs further flags of the controller without leading dashes
 * @param env objects {@code EnvVar}
 * @param volumes objects {@code Volume}
 * @param volumeMounts objects {@code VolumeMount}
 * @param dnsPolicy how the pod looks up names: {@code ClusterFirst}, {@code
 *     ClusterFirstWithHostNet}, {@code Default} or {@code None}; empty for Kubernetes' default
 */
public record ControllerPod(
    Map<String, String> extraArgs,
    List<Map<String, Object>> env,
    List<Map<String, Object>> volumes,
    List<Map<String, Object>> volumeMounts,
    String dnsPolicy) {

  /** Nothing added. */
  public static final ControllerPod USUAL =
      new ControllerPod(Map.of(), List.of(), List.of(), List.of(), "");

  /** Copies the collections. */
  public ControllerPod {
    extraArgs = Collections.unmodifiableMap(new TreeMap<>(extraArgs));
    env = copy(env);
    volumes = copy(volumes);
    volumeMounts = copy(volumeMounts);
  }

  private static List<Map<String, Object>> copy(List<Map<String, Object>> objects) {
    return objects.stream()
        .map(object -> Collections.unmodifiableMap(new LinkedHashMap<>(object)))
        .toList();
  }

  /** The environment may carry credentials, so it prints as a count. */
  @Override
  public String toString() {
    return "ControllerPod[extraArgs="
        + extraArgs
        + ", env="
        + env.size()
        + " variables, volumes="
        + volumes
        + ", volumeMounts="
        + volumeMounts
        + ", dnsPolicy="
        + dnsPolicy
        + "]";
  }
}
