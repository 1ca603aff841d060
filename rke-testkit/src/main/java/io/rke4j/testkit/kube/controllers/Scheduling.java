package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.json.Pods;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gives pods a node: the one that has the fewest. */
final class Scheduling implements Controller {

  @Override
  public void react(KubeStore store, StoreEvent event) {
    if (event.collection().equals("pods")) {
      store
          .find(Kinds.pods(store), Meta.namespace(event.object()), Meta.name(event.object()))
          .ifPresent(pod -> place(store, pod));
    } else if (event.collection().equals("nodes")) {
      store.podsOn("", Scheduling::waits).forEach(pod -> place(store, pod));
    }
  }

  private static void place(KubeStore store, ObjectNode pod) {
    if (!waits(pod)) {
      return;
    }
    int nodes = store.count(Kinds.nodes(store), "", node -> true);
    List<ObjectNode> fitting =
        store.select(Kinds.nodes(store), "", node -> Placement.fits(pod.path("spec"), node));
    Map<String, Long> loads = fitting.isEmpty() ? Map.of() : loads(store);
    Optional<String> chosen =
        fitting.stream()
            .map(Meta::name)
            .min(Comparator.comparingLong(node -> loads.getOrDefault(node, 0L)));
    String now = store.now();
    Kinds.change(
        store,
        Kinds.pods(store),
        pod,
        present -> {
          chosen.ifPresent(node -> Pods.place(present, node));
          Conditions.set(present, condition(chosen.isPresent(), nodes), now);
          return present;
        });
  }

  private static boolean waits(ObjectNode pod) {
    return !Pods.isPlaced(pod) && PodTemplates.isActive(pod);
  }

  /** How many pods each node has. */
  private static Map<String, Long> loads(KubeStore store) {
    return store.select(Kinds.pods(store), "", PodTemplates::isActive).stream()
        .collect(Collectors.groupingBy(Pods::node, Collectors.counting()));
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
