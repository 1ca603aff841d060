package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** How an object comes into the store. */
final class Creation {

  // Without vowels, so that no words arise; the alphabet of Kubernetes.
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private final KubeStore store;
  private final VersionedObjects objects;
  private final ResourceType type;

  Creation(KubeStore store, VersionedObjects objects, ResourceType type) {
    this.store = store;
    this.objects = objects;
    this.type = type;
  }

  ObjectNode create(String namespace, JsonNode given) {
    ObjectNode object = checked(namespace, given);
    String name = nameOf(object);
    Meta.of(object).put("name", name);
    Key key = Key.of(type, namespace, name);
    if (objects.find(key).isPresent()) {
      throw KubeFailure.alreadyExists(type.group(), type.plural(), name);
    }
    if (type.namespaced()) {
      requireLiving(namespace, name);
    }
    stamp(object);
    if (type.subresources().contains("status") && !type.plural().equals("nodes")) {
      object.remove("status");
    }
    Defaults.fill(store, type, object);
    Validation.ofNew(type, object);
    return objects.put(key, object);
  }

  private ObjectNode checked(String namespace, JsonNode given) {
    if (!(given instanceof ObjectNode original)) {
      throw KubeFailure.badRequest("the object provided is unrecognized: it is no object");
    }
    ObjectNode object = original.deepCopy();
    if (!Meta.resourceVersion(object).isEmpty()) {
      throw KubeFailure.badRequest("resourceVersion should not be set on objects to be created");
    }
    String stated = Meta.namespace(object);
    if (!type.namespaced()) {
      Meta.of(object).remove("namespace");
    } else if (!stated.isEmpty() && !stated.equals(namespace)) {
      throw KubeFailure.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    } else {
      Meta.of(object).put("namespace", namespace);
    }
    return object;
  }

  private String nameOf(ObjectNode object) {
    String name = Meta.name(object);
    String prefix = Meta.text(object, "generateName");
    if (name.isEmpty() && prefix.isEmpty()) {
      throw KubeFailure.invalid(
          type.group(),
          type.kind(),
          "",
          "metadata.name",
          "Required value: name or generateName is required");
    }
    return name.isEmpty() ? prefix + suffix() : name;
  }

  static String suffix() {
    return ThreadLocalRandom.current()
        .ints(5, 0, ALPHABET.length())
        .mapToObj(index -> ALPHABET.substring(index, index + 1))
        .collect(Collectors.joining());
  }

  private void requireLiving(String namespace, String name) {
    ObjectNode found = store.get(store.types().get("", "namespaces"), "", namespace);
    if (Meta.isBeingDeleted(found)) {
      throw KubeFailure.forbidden(
          type.group(),
          type.plural(),
          name,
          "unable to create new content in namespace %s because it is being terminated"
              .formatted(namespace));
    }
  }

  private void stamp(ObjectNode object) {
    ObjectNode metadata = Meta.of(object);
    metadata.remove("deletionTimestamp");
    metadata.remove("deletionGracePeriodSeconds");
    metadata.remove("managedFields");
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", store.now());
    if (Update.hasGenerations(type)) {
      metadata.put("generation", 1);
    }
    object.properties().removeIf(field -> field.getValue().isNull());
    Json.fields(metadata)
        .filter(field -> field.getValue().isNull())
        .forEach(field -> metadata.remove(field.getKey()));
  }
}
