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

/** Keeps as many pods as a ReplicaSet or StatefulSet wants. */
final class ReplicaSets implements Controller {

  @Override
  public void react(KubeStore store, StoreEvent event) {
    String namespace = Meta.namespace(event.object());
    switch (event.collection()) {
      case "replicasets.apps" -> sync(store, "replicasets", namespace, event.object());
      case "statefulsets.apps" -> sync(store, "statefulsets", namespace, event.object());
      case "pods" ->
          Meta.owners(event.object())
              .forEach(
                  owner -> {
                    ObjectNode reference = Json.object();
                    Meta.of(reference).put("name", owner.path("name").asText());
                    switch (owner.path("kind").asText()) {
                      case "ReplicaSet" -> sync(store, "replicasets", namespace, reference);
                      case "StatefulSet" -> sync(store, "statefulsets", namespace, reference);
                      default -> {}
                    }
                  });
      default -> {}
    }
  }

  private static void sync(KubeStore store, String plural, String namespace, ObjectNode named) {
    ResourceType type = Kinds.apps(store, plural);
    Optional<ObjectNode> found =
        store.find(type, namespace, Meta.name(named)).filter(one -> !Meta.isBeingDeleted(one));
    if (found.isEmpty()) {
      return;
    }
    ObjectNode set = found.get();
    int wanted = set.path("spec").path("replicas").asInt(1);
    List<ObjectNode> pods = active(store, set);
    for (int index = pods.size(); index < wanted; index++) {
      PodTemplates.create(store, set, pod(set, pods));
      pods = active(store, set);
    }
    for (ObjectNode surplus : pods.subList(Math.min(wanted, pods.size()), pods.size())) {
      store.delete(Kinds.pods(store), namespace, Meta.name(surplus), Deletion.usual());
    }
    List<ObjectNode> left = active(store, set);
    int ready = (int) left.stream().filter(pod -> Conditions.isTrue(pod, "Ready")).count();
    Kinds.change(
        store,
        type,
        set,
        present -> {
          ObjectNode status = Json.child(present, "status");
          status.put("observedGeneration", present.path("metadata").path("generation").asLong(1));
          count(status, left.size(), ready);
          return present;
        });
  }

  private static List<ObjectNode> active(KubeStore store, ObjectNode set) {
    return Kinds.ownedBy(store, Kinds.pods(store), set).stream()
        .filter(PodTemplates::isActive)
        .toList();
  }

  private static ObjectNode pod(ObjectNode set, List<ObjectNode> present) {
    ObjectNode pod = PodTemplates.pod(set);
    if (set.path("kind").asText().equals("StatefulSet")) {
      List<String> names = present.stream().map(Meta::name).toList();
      int ordinal = 0;
      while (names.contains(Meta.name(set) + "-" + ordinal)) {
        ordinal++;
      }
      Meta.of(pod).remove("generateName");
      Meta.of(pod).put("name", Meta.name(set) + "-" + ordinal);
    }
    return pod;
  }

  static void count(ObjectNode status, int replicas, int ready) {
    status.put("replicas", replicas);
    for (String field : new String[] {"readyReplicas", "availableReplicas"}) {
      if (ready == 0) {
        status.remove(field);
      } else {
        status.put(field, ready);
      }
    }
  }
}
