package io.rke4j.testkit.kube.patch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.status.KubeFailure;

/** The JSON patch of RFC 6902: a list of operations. */
public final class JsonPatch {

  private JsonPatch() {}

  /**
   * The object after all operations; it is not changed itself.
   *
   * @throws KubeFailure with code 422 if an operation does not fit the object, as the API server
   *     says it
   */
  public static ObjectNode apply(ObjectNode target, JsonNode operations) {
    if (!operations.isArray()) {
      throw KubeFailure.badRequest("a JSON patch is a list of operations");
    }
    ObjectNode result = target.deepCopy();
    for (JsonNode operation : operations) {
      run(result, operation);
    }
    return result;
  }

  private static void run(ObjectNode root, JsonNode operation) {
    JsonPointer path = pointer(operation, "path");
    switch (operation.path("op").asText()) {
      case "add" -> add(root, path, operation.path("value"));
      case "remove" -> remove(root, path);
      case "replace" -> {
        require(root, path);
        set(root, path, operation.path("value"));
      }
      case "move" -> {
        JsonNode moved = require(root, pointer(operation, "from"));
        remove(root, pointer(operation, "from"));
        add(root, path, moved);
      }
      case "copy" -> add(root, path, require(root, pointer(operation, "from")).deepCopy());
      case "test" -> {
        if (!root.at(path).equals(operation.path("value"))) {
          throw refused("testing value " + path + " failed");
        }
      }
      default -> throw KubeFailure.badRequest("unknown operation in a JSON patch: " + operation);
    }
  }

  private static JsonPointer pointer(JsonNode operation, String field) {
    try {
      return JsonPointer.compile(operation.path(field).asText());
    } catch (IllegalArgumentException e) {
      throw KubeFailure.badRequest("not a path in a JSON patch: " + operation.path(field));
    }
  }

  private static JsonNode require(ObjectNode root, JsonPointer path) {
    JsonNode found = root.at(path);
    if (found.isMissingNode()) {
      throw refused("path does not exist: " + path);
    }
    return found;
  }

  private static void add(ObjectNode root, JsonPointer path, JsonNode value) {
    JsonNode parent = require(root, path.head());
    String last = path.last().getMatchingProperty();
    if (parent instanceof ArrayNode list) {
      int index = last.equals("-") ? list.size() : index(path);
      if (index > list.size()) {
        throw refused("index out of bounds: " + path);
      }
      list.insert(index, value);
    } else {
      set(root, path, value);
    }
  }

  private static void set(ObjectNode root, JsonPointer path, JsonNode value) {
    JsonNode parent = require(root, path.head());
    if (parent instanceof ArrayNode list) {
      list.set(index(path), value);
    } else if (parent instanceof ObjectNode object) {
      object.set(path.last().getMatchingProperty(), value);
    } else {
      throw refused("path does not exist: " + path);
    }
  }

  private static void remove(ObjectNode root, JsonPointer path) {
    require(root, path);
    JsonNode parent = root.at(path.head());
    if (parent instanceof ArrayNode list) {
      list.remove(index(path));
    } else if (parent instanceof ObjectNode object) {
      object.remove(path.last().getMatchingProperty());
    }
  }

  private static int index(JsonPointer path) {
    int index = path.last().getMatchingIndex();
    if (index < 0) {
      throw refused("not an index: " + path);
    }
    return index;
  }

  private static KubeFailure refused(String why) {
    return KubeFailure.of(
        422, "Invalid", "the server rejected our request due to an error in our request: " + why);
  }
}
