package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.KubeStore.Deleted;
import java.util.List;

/** Deletes objects and collections. */
final class Deleting {

  private final KubeStore store;

  Deleting(KubeStore store) {
    this.store = store;
  }

  Answer delete(Target target, ApiRequest request) {
    if (Writing.isTrial(request)) {
      return Answer.json(200, store.get(target.type(), target.namespace(), target.name()));
    }
    Deleted deleted = store.delete(target.type(), target.namespace(), target.name(), how(request));
    return Answer.json(
        200, deleted.gone() ? success(target.type(), deleted.object()) : deleted.object());
  }

  Answer deleteAll(Target target, ApiRequest request) {
    Deletion how = how(request);
    List<ObjectNode> chosen =
        store.list(target.type(), target.namespace()).items().stream()
            .filter(Selection.of(target, request))
            .toList();
    for (ObjectNode object : chosen) {
      store.atomically(
          locked -> {
            String namespace = Meta.namespace(object);
            locked
                .find(target.type(), namespace, Meta.name(object))
                .ifPresent(one -> locked.delete(target.type(), namespace, Meta.name(one), how));
            return true;
          });
    }
    ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(store.revision()));
    return Answer.json(200, Views.of(store, target.type(), request).list(chosen, metadata));
  }

  /** Options come in the body, as parameters, or not at all. */
  private static Deletion how(ApiRequest request) {
    JsonNode body = request.body().isBlank() ? Json.object() : request.object();
    ObjectNode options = body instanceof ObjectNode object ? object : Json.object();
    request
        .number("gracePeriodSeconds")
        .ifPresent(seconds -> Json.putIfAbsent(options, "gracePeriodSeconds", seconds));
    String policy = request.parameter("propagationPolicy");
    if (!policy.isEmpty()) {
      Json.putIfAbsent(options, "propagationPolicy", policy);
    }
    return Deletion.of(options);
  }

  private static ObjectNode success(ResourceType type, ObjectNode object) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", Meta.name(object));
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    details.put("kind", type.plural()).put("uid", Meta.uid(object));
    return status;
  }
}
