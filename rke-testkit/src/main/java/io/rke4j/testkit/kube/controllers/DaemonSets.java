package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.util.List;
import java.util.Optional;

/** Keeps a pod of every DaemonSet on every node that suits it. */
final class DaemonSets implements Controller {

  private static final String GENERATION = "pod-template-generation";

  @Override
  public void react(KubeStore store, StoreEvent event) {
    String namespace = Meta.namespace(event.object());
    switch (event.collection()) {
      case "daemonsets.apps" -> sync(store, namespace, Meta.name(event.object()));
      case "nodes" ->
          store
              .list(Kinds.apps(store, "daemonsets"), "")
              .items()
              .forEach(set -> sync(store, Meta.namespace(set), Meta.name(set)));
      case "pods" ->
          Meta.owners(event.object())
              .filter(owner -> owner.path("kind").asText().equals("DaemonSet"))
              .forEach(owner -> sync(store, namespace, owner.path("name").asText()));
      default -> {}
    }
  }

  private static void sync(KubeStore store, String namespace, String name) {
    ResourceType type = Kinds.apps(store, "daemonsets");
    Optional<ObjectNode> found =
        store.find(type, namespace, name).filter(one -> !Meta.isBeingDeleted(one));
    if (found.isEmpty()) {
      return;
    }
    ObjectNode set = found.get();
    List<String> nodes =
        store.list(Kinds.nodes(store), "").items().stream()
            .filter(
                node -> Placement.fitsDaemon(set.path("spec").path("template").path("spec"), node))
            .map(Meta::name)
            .toList();
    replaceOutdated(store, set, nodes);
    for (String node : nodes) {
      if (active(store, set).stream().noneMatch(pod -> nodeOf(pod).equals(node))) {
        ObjectNode pod = PodTemplates.pod(set);
        Json.child(pod, "spec").put("nodeName", node);
        Json.child(Meta.of(pod), "labels").put(GENERATION, generation(set));
        PodTemplates.create(store, set, pod);
      }
    }
    record(store, type, set, nodes.size());
  }

  private static void replaceOutdated(KubeStore store, ObjectNode set, List<String> nodes) {
    for (ObjectNode pod : active(store, set)) {
      boolean isCurrent =
          Meta.label(pod, GENERATION).filter(generation(set)::equals).isPresent()
              && nodes.contains(nodeOf(pod));
      if (!isCurrent) {
        store.delete(Kinds.pods(store), Meta.namespace(pod), Meta.name(pod), Deletion.usual());
      }
    }
  }

  private static String generation(ObjectNode set) {
    return set.path("metadata").path("generation").asText("1");
  }

  private static String nodeOf(ObjectNode pod) {
    return pod.path("spec").path("nodeName").asText();
  }

  private static List<ObjectNode> active(KubeStore store, ObjectNode set) {
    return Kinds.ownedBy(store, Kinds.pods(store), set).stream()
        .filter(PodTemplates::isActive)
        .toList();
  }

  private static void record(KubeStore store, ResourceType type, ObjectNode set, int wanted) {
    List<ObjectNode> pods = active(store, set);
    int ready = (int) pods.stream().filter(pod -> Conditions.isTrue(pod, "Ready")).count();
    Kinds.change(
        store,
        type,
        set,
        present -> {
          Json.child(present, "status")
              .put("desiredNumberScheduled", wanted)
              .put("currentNumberScheduled", pods.size())
              .put("updatedNumberScheduled", pods.size())
              .put("numberReady", ready)
              .put("numberAvailable", ready)
              .put("numberUnavailable", wanted - ready)
              .put("numberMisscheduled", 0)
              .put("observedGeneration", present.path("metadata").path("generation").asLong(1));
          return present;
        });
  }
}
