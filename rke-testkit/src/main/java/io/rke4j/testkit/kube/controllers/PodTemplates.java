package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.store.KubeStore;

/** Makes pods as the template in their owner says. */
final class PodTemplates {

  private PodTemplates() {}

  /** A pod that is not stored yet. */
  static ObjectNode pod(ObjectNode owner) {
    JsonNode template = owner.path("spec").path("template");
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = Meta.of(pod);
    metadata.put("generateName", Meta.name(owner) + "-");
    for (String field : new String[] {"labels", "annotations"}) {
      if (template.path("metadata").has(field)) {
        metadata.set(field, template.path("metadata").path(field).deepCopy());
      }
    }
    Meta.own(pod, owner);
    pod.set("spec", template.path("spec").deepCopy());
    return pod;
  }

  static void create(KubeStore store, ObjectNode owner, ObjectNode pod) {
    ObjectNode made = store.create(Kinds.pods(store), Meta.namespace(owner), pod);
    Events.record(store, owner, "Normal", "SuccessfulCreate", "Created pod: " + Meta.name(made));
  }

  static boolean isActive(JsonNode pod) {
    String phase = pod.path("status").path("phase").asText();
    return !phase.equals("Succeeded") && !phase.equals("Failed") && !Meta.isBeingDeleted(pod);
  }
}
