package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps a ReplicaSet for the present template of a Deployment; older ones get no pods. */
final class Deployments implements Controller {

  private static final String HASH = "pod-template-hash";

  @Override
  public void react(KubeStore store, StoreEvent event) {
    String namespace = Meta.namespace(event.object());
    if (event.collection().equals("deployments.apps")) {
      sync(store, namespace, Meta.name(event.object()));
    } else if (event.collection().equals("replicasets.apps")) {
      Meta.owners(event.object())
          .filter(owner -> owner.path("kind").asText().equals("Deployment"))
          .forEach(owner -> sync(store, namespace, owner.path("name").asText()));
    }
  }

  private static void sync(KubeStore store, String namespace, String name) {
    Optional<ObjectNode> found =
        store
            .find(Kinds.apps(store, "deployments"), namespace, name)
            .filter(one -> !Meta.isBeingDeleted(one));
    if (found.isEmpty()) {
      return;
    }
    ObjectNode deployment = found.get();
    ResourceType sets = Kinds.apps(store, "replicasets");
    String hash = hash(deployment.path("spec").path("template"));
    String current = name + "-" + hash;
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    if (store.find(sets, namespace, current).isEmpty()) {
      store.create(sets, namespace, replicaSet(deployment, current, hash, wanted));
      Events.record(
          store,
          deployment,
          "Normal",
          "ScalingReplicaSet",
          "Scaled up replica set %s to %d".formatted(current, wanted));
    }
    List<ObjectNode> all = Kinds.ownedBy(store, sets, deployment);
    for (ObjectNode set : all) {
      int replicas = Meta.name(set).equals(current) ? wanted : 0;
      Kinds.change(
          store,
          sets,
          set,
          present -> {
            Json.child(present, "spec").put("replicas", replicas);
            return present;
          });
    }
    store.find(sets, namespace, current).ifPresent(set -> record(store, deployment, set));
  }

  private static String hash(JsonNode template) {
    return Integer.toString(template.hashCode() & Integer.MAX_VALUE, 36);
  }

  private static ObjectNode replicaSet(
      ObjectNode deployment, String name, String hash, int replicas) {
    ObjectNode set = Json.object();
    Meta.of(set).put("name", name);
    ObjectNode template = deployment.path("spec").path("template").deepCopy();
    Json.child(Meta.of(template), "labels").put(HASH, hash);
    Meta.of(set).set("labels", template.path("metadata").path("labels").deepCopy());
    Meta.own(set, deployment);
    ObjectNode spec = set.putObject("spec").put("replicas", replicas);
    ObjectNode selector = deployment.path("spec").path("selector").deepCopy();
    Json.child(selector, "matchLabels").put(HASH, hash);
    spec.set("selector", selector);
    spec.set("template", template);
    return set;
  }

  private static void record(KubeStore store, ObjectNode deployment, ObjectNode set) {
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    int ready = set.path("status").path("readyReplicas").asInt();
    Kinds.change(
        store,
        Kinds.apps(store, "deployments"),
        deployment,
        present -> {
          ObjectNode status = Json.child(present, "status");
          status.put("observedGeneration", present.path("metadata").path("generation").asLong(1));
          ReplicaSets.count(status, set.path("status").path("replicas").asInt(), ready);
          status.put("updatedReplicas", set.path("status").path("replicas").asInt());
          boolean isEnough = ready >= wanted;
          condition(store, present, "Available", isEnough, "MinimumReplicasAvailable");
          condition(store, present, "Progressing", true, "NewReplicaSetAvailable");
          return present;
        });
  }

  private static void condition(
      KubeStore store, ObjectNode object, String type, boolean isTrue, String reason) {
    Map<String, String> said =
        Map.of(
            "type",
            type,
            "status",
            isTrue ? "True" : "False",
            "reason",
            isTrue ? reason : "MinimumReplicasUnavailable");
    Conditions.set(object, (ObjectNode) Json.tree(said), store.now());
  }
}
