package io.rke4j.testkit.kube.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands in an object's metadata. */
public final class Meta {

  private Meta() {}

  /** The metadata, which is made where there is none. */
  public static ObjectNode of(ObjectNode object) {
    return Json.child(object, "metadata");
  }

  /** The name; empty if it has none. */
  public static String name(JsonNode object) {
    return text(object, "name");
  }

  /** The namespace; empty if it is in none. */
  public static String namespace(JsonNode object) {
    return text(object, "namespace");
  }

  /** The identity, which no other object ever has. */
  public static String uid(JsonNode object) {
    return text(object, "uid");
  }

  /** The version; empty in an object that was never stored. */
  public static String resourceVersion(JsonNode object) {
    return text(object, "resourceVersion");
  }

  /** A text of the metadata; empty if there is none. */
  public static String text(JsonNode object, String field) {
    return object.path("metadata").path(field).asText("");
  }

  /** The value of a label, if the object has it. */
  public static Optional<String> label(JsonNode object, String key) {
    JsonNode value = object.path("metadata").path("labels").path(key);
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
  }

  /** The value of an annotation, if the object has it. */
  public static Optional<String> annotation(JsonNode object, String key) {
    JsonNode value = object.path("metadata").path("annotations").path(key);
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
  }

  /** Whether somebody has asked for its deletion. */
  public static boolean isBeingDeleted(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  /** Whether a finalizer holds it. */
  public static boolean hasFinalizer(JsonNode object, String finalizer) {
    return Json.texts(object.path("metadata").path("finalizers")).contains(finalizer);
  }

  /** Adds a finalizer unless it is there. */
  public static void addFinalizer(ObjectNode object, String finalizer) {
    if (!hasFinalizer(object, finalizer)) {
      Json.list(of(object), "finalizers").add(finalizer);
    }
  }

  /** Takes a finalizer away. */
  public static void removeFinalizer(ObjectNode object, String finalizer) {
    ArrayNode left = Json.array();
    Json.elements(object.path("metadata").path("finalizers"))
        .filter(one -> !one.asText().equals(finalizer))
        .forEach(left::add);
    if (left.isEmpty()) {
      of(object).remove("finalizers");
    } else {
      of(object).set("finalizers", left);
    }
  }

  /** References to what owns the object. */
  public static Stream<JsonNode> owners(JsonNode object) {
    return Json.elements(object.path("metadata").path("ownerReferences"));
  }

  /** Whether an object is what another one has as its owner. */
  public static boolean owns(JsonNode owner, JsonNode object) {
    String uid = uid(owner);
    return owners(object).anyMatch(one -> one.path("uid").asText().equals(uid));
  }

  /** Makes an object the controller of another one. */
  public static void own(ObjectNode object, JsonNode owner) {
    Json.list(of(object), "ownerReferences")
        .addObject()
        .put("apiVersion", owner.path("apiVersion").asText())
        .put("kind", owner.path("kind").asText())
        .put("name", name(owner))
        .put("uid", uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }
}
