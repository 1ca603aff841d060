package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.List;
import java.util.Set;

/** How an object changes in the store. */
final class Update {

  private static final List<String> KEPT =
      List.of(
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "generateName");

  private static final Set<String> WITH_GENERATIONS =
      Set.of("apps", "batch", "policy", "networking.k8s.io", "extensions", "apiextensions.k8s.io");

  private final VersionedObjects objects;
  private final ResourceType type;

  Update(VersionedObjects objects, ResourceType type) {
    this.objects = objects;
    this.type = type;
  }

  static boolean hasGenerations(ResourceType type) {
    return type.custom() || WITH_GENERATIONS.contains(type.group());
  }

  ObjectNode apply(ObjectNode present, ObjectNode wanted, Part part) {
    check(present, wanted);
    ObjectNode next = combine(present, wanted, part);
    keepMetadata(present, next);
    if (hasGenerations(type) && part != Part.STATUS && !saysTheSame(present, next)) {
      long generation = present.path("metadata").path("generation").asLong(1);
      Meta.of(next).put("generation", generation + 1);
    }
    if (part == Part.MAIN) {
      Validation.ofChange(type, present, next);
    }
    Key key = Key.of(type, Meta.namespace(present), Meta.name(present));
    if (Removal.isDue(type, next)) {
      objects.put(key, next);
      return objects.remove(key).orElse(next);
    }
    // As in etcd, what changes nothing makes no new version and no event.
    return next.equals(present) ? present : objects.put(key, next);
  }

  private void check(ObjectNode present, ObjectNode wanted) {
    String name = Meta.name(present);
    if (!Meta.name(wanted).equals(name)) {
      throw KubeFailure.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(Meta.name(wanted), name));
    }
    String version = Meta.resourceVersion(wanted);
    if (!version.isEmpty() && !version.equals(Meta.resourceVersion(present))) {
      throw KubeFailure.conflict(type.group(), type.plural(), name);
    }
    String uid = Meta.uid(wanted);
    if (!uid.isEmpty() && !uid.equals(Meta.uid(present))) {
      throw KubeFailure.conflict(
          type.group(),
          type.plural(),
          name,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Meta.uid(present)));
    }
  }

  private ObjectNode combine(ObjectNode present, ObjectNode wanted, Part part) {
    if (part == Part.ALL || (part == Part.MAIN && !type.subresources().contains("status"))) {
      return wanted;
    }
    ObjectNode base = part == Part.MAIN ? wanted : present.deepCopy();
    JsonNode status = (part == Part.MAIN ? present : wanted).path("status");
    if (status.isMissingNode()) {
      base.remove("status");
    } else {
      base.set("status", status);
    }
    return base;
  }

  private void keepMetadata(ObjectNode present, ObjectNode next) {
    ObjectNode before = Meta.of(present);
    ObjectNode metadata = Meta.of(next);
    for (String field : KEPT) {
      if (before.has(field)) {
        metadata.set(field, before.get(field));
      } else {
        metadata.remove(field);
      }
    }
    metadata.put("resourceVersion", Meta.resourceVersion(present));
    metadata.remove("managedFields");
    metadata.remove("selfLink");
    Json.fields(metadata)
        .filter(field -> field.getValue().isNull() || isEmptyMap(field.getValue()))
        .forEach(field -> metadata.remove(field.getKey()));
    next.properties().removeIf(field -> field.getValue().isNull());
    next.put("kind", type.kind()).put("apiVersion", type.apiVersion());
  }

  private static boolean isEmptyMap(JsonNode value) {
    return value.isContainerNode() && value.isEmpty();
  }

  private static boolean saysTheSame(ObjectNode one, ObjectNode other) {
    return content(one).equals(content(other));
  }

  private static ObjectNode content(ObjectNode object) {
    return object.deepCopy().without(List.of("metadata", "status"));
  }
}
