package io.rke4j.core.engine;

import io.rke4j.api.cluster.NodeName;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The steps that wait for nothing but room: only so many nodes are worked on at a time. They are
 * given out in reading order, and a node that is worked on has room for all its steps.
 */
final class ReadySteps {

  private final int mostNodes;
  private final NavigableMap<Integer, Step> roomy = new TreeMap<>();
  private final Map<NodeName, NavigableMap<Integer, Step>> ofIdleNode = new HashMap<>();
  private final NavigableMap<Integer, NodeName> idleNodes = new TreeMap<>();
  private final Map<NodeName, Integer> busyNodes = new HashMap<>();

  ReadySteps(int mostNodes) {
    this.mostNodes = mostNodes;
  }

  /** Takes in a step that has a place in the reading order. */
  void add(int place, Step step) {
    Optional<NodeName> node = step.worksOn();
    if (node.isEmpty() || busyNodes.containsKey(node.get())) {
      roomy.put(place, step);
      return;
    }
    NavigableMap<Integer, Step> own =
        ofIdleNode.computeIfAbsent(node.get(), unused -> new TreeMap<>());
    if (!own.isEmpty()) {
      idleNodes.remove(own.firstKey());
    }
    own.put(place, step);
    idleNodes.put(own.firstKey(), node.get());
  }

  /** Takes out the next step that has room, and keeps its node busy. */
  Optional<Step> take() {
    if (busyNodes.size() < mostNodes && isIdleNodeNext()) {
      roomy.putAll(ofIdleNode.remove(idleNodes.pollFirstEntry().getValue()));
    }
    Optional<Step> next = Optional.ofNullable(roomy.pollFirstEntry()).map(Map.Entry::getValue);
    next.flatMap(Step::worksOn).ifPresent(node -> busyNodes.merge(node, 1, Integer::sum));
    return next;
  }

  private boolean isIdleNodeNext() {
    return !idleNodes.isEmpty() && (roomy.isEmpty() || idleNodes.firstKey() < roomy.firstKey());
  }

  /** A step that was taken out keeps its node busy no longer. */
  void release(Step step) {
    step.worksOn()
        .ifPresent(
            node ->
                busyNodes.computeIfPresent(node, (same, count) -> count == 1 ? null : count - 1));
  }
}
