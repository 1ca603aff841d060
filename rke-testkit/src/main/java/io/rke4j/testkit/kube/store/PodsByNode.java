package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Pods;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which pods are on which node; whoever serves one node of a thousand asks for nothing else. */
final class PodsByNode {

  private final Map<String, SortedMap<String, ObjectNode>> nodes = new HashMap<>();

  /** The pods of a node, by path. */
  Stream<ObjectNode> on(String node) {
    return nodes.getOrDefault(node, new TreeMap<>()).values().stream();
  }

  /** An object is another one now, has come or has gone. */
  void note(Key key, Optional<ObjectNode> previous, Optional<ObjectNode> present) {
    if (!key.collection().equals("pods")) {
      return;
    }
    previous.ifPresent(
        pod -> nodes.computeIfPresent(Pods.node(pod), (node, pods) -> without(pods, key.path())));
    present.ifPresent(
        pod -> nodes.computeIfAbsent(Pods.node(pod), node -> new TreeMap<>()).put(key.path(), pod));
  }

  private static SortedMap<String, ObjectNode> without(
      SortedMap<String, ObjectNode> pods, String path) {
    pods.remove(path);
    return pods;
  }
}
