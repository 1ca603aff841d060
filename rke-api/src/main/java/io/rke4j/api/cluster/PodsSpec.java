package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the pods of an addon run, and how they are replaced.
 *
 * @param nodeSelector labels that their nodes must have beside those that the addon needs anyway
 * @param tolerations taints that they tolerate, in place of the addon's own list; empty for that
 * @param update how they are replaced
 * @param priorityClass a PriorityClass of the cluster; empty for the addon's own
 */
public record PodsSpec(
    Map<String, String> nodeSelector,
    List<Toleration> tolerations,
    UpdateStrategy update,
    String priorityClass) {

  /** Nothing said. */
  public static final PodsSpec USUAL = new PodsSpec(Map.of(), List.of(), UpdateStrategy.USUAL, "");

  /** Copies the collections. */
  public PodsSpec {
    nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
    tolerations = List.copyOf(tolerations);
  }
}
