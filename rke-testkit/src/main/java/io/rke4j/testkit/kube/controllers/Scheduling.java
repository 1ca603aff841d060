package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives pods a node: the one that has the fewest. */
final class Scheduling implements Controller {

  @Override
  public void react(KubeStore store, StoreEvent event) {
    if (event.collection().equals("pods")) {
      store
          .find(Kinds.pods(store), Meta.namespace(event.object()), Meta.name(event.object()))
          .ifPresent(pod -> place(store, pod));
    } else if (event.collection().equals("nodes")) {
      store.list(Kinds.pods(store), "").items().forEach(pod -> place(store, pod));
    }
  }

  private static void place(KubeStore store, ObjectNode pod) {
    if (pod.path("spec").hasNonNull("nodeName") || !PodTemplates.isActive(pod)) {
      return;
    }
    List<ObjectNode> nodes = store.list(Kinds.nodes(store), "").items();
    Optional<String> chosen =
        nodes.stream()
            .filter(node -> Placement.fits(pod.path("spec"), node))
            .map(Meta::name)
            .min(Comparator.comparingLong((String node) -> load(store, node)));
    String now = store.now();
    Kinds.change(
        store,
        Kinds.pods(store),
        pod,
        present -> {
          chosen.ifPresent(node -> Json.child(present, "spec").put("nodeName", node));
          Conditions.set(present, condition(chosen.isPresent(), nodes.size()), now);
          return present;
        });
  }

  private static long load(KubeStore store, String node) {
    return store.list(Kinds.pods(store), "").items().stream()
        .filter(PodTemplates::isActive)
        .filter(pod -> pod.path("spec").path("nodeName").asText().equals(node))
        .count();
  }

  private static ObjectNode condition(boolean isPlaced, int nodes) {
    Map<String, String> said =
        isPlaced
            ? Map.of("type", "PodScheduled", "status", "True")
            : Map.of(
                "type",
                "PodScheduled",
                "status",
                "False",
                "reason",
                "Unschedulable",
                "message",
                "0/" + nodes + " nodes are available");
    return (ObjectNode) Json.tree(said);
  }
}
