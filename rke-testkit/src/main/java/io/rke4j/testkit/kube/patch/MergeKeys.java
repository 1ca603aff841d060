package io.rke4j.testkit.kube.patch;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * By which field the elements of a list are told apart in a strategic merge patch. From the {@code
 * patchMergeKey} and {@code patchStrategy} of the Kubernetes API types.
 */
final class MergeKeys {

  private static final Map<String, String> BY_LIST =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("env", "name"),
          Map.entry("volumes", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("secrets", "name"),
          Map.entry("hostAliases", "ip"),
          Map.entry("podIPs", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("conditions", "type"),
          Map.entry("addresses", "type"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("webhooks", "name"),
          Map.entry("sources", "name"));

  private static final Set<String> SETS = Set.of("finalizers", "podCIDRs");

  private MergeKeys() {}

  /**
   * The field for a list of objects; empty if the list is replaced as a whole.
   *
   * @param path the names of fields on the way to the list, joined by dots
   */
  static Optional<String> of(String path) {
    if (path.endsWith("ontainers.ports")) {
      return Optional.of("containerPort");
    }
    if (path.equals("spec.ports")) {
      return Optional.of("port");
    }
    // Endpoints have addresses of another kind, which are replaced.
    if (path.endsWith("addresses") && !path.startsWith("status.")) {
      return Optional.empty();
    }
    return Optional.ofNullable(BY_LIST.get(last(path)));
  }

  /** Whether a list of texts is merged as a set. */
  static boolean isSet(String path) {
    return SETS.contains(last(path));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
