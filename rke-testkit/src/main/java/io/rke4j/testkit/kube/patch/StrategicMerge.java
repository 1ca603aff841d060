package io.rke4j.testkit.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The strategic merge patch of Kubernetes: a merge patch that knows by which field the elements of
 * a list are told apart, and has directives in fields that start with a dollar sign.
 */
public final class StrategicMerge {

  private static final String DIRECTIVE = "$patch";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";
  private static final String RETAIN = "$retainKeys";

  private StrategicMerge() {}

  /** The object with the patch laid over it; neither is changed. */
  public static ObjectNode apply(ObjectNode target, JsonNode patch) {
    return object(target, patch, "");
  }

  private static ObjectNode object(ObjectNode target, JsonNode patch, String path) {
    if (patch.path(DIRECTIVE).asText().equals("replace")) {
      return plain(patch);
    }
    ObjectNode result = target.deepCopy();
    if (patch.has(RETAIN)) {
      List<String> retained = Json.texts(patch.path(RETAIN));
      result.properties().removeIf(field -> !retained.contains(field.getKey()));
    }
    Json.fields(patch).forEach(field -> field(result, field.getKey(), field.getValue(), path));
    // What patches delete and how they order is said for lists that may not be in the patch.
    Json.fields(patch)
        .filter(field -> field.getKey().startsWith(ORDER))
        .forEach(field -> order(result, field.getKey(), field.getValue(), path));
    return result;
  }

  private static void field(ObjectNode result, String name, JsonNode value, String path) {
    if (name.startsWith(DELETE_FROM)) {
      deleteFrom(result, name.substring(DELETE_FROM.length()), value);
    } else if (name.startsWith("$")) {
      return;
    } else if (value.isNull() || value.path(DIRECTIVE).asText().equals("delete")) {
      result.remove(name);
    } else if (value.isObject()) {
      JsonNode before = result.path(name);
      ObjectNode base = before instanceof ObjectNode found ? found : Json.object();
      result.set(name, object(base, value, join(path, name)));
    } else if (value.isArray()) {
      result.set(name, list(result.path(name), (ArrayNode) value, join(path, name)));
    } else {
      result.set(name, value);
    }
  }

  private static ArrayNode list(JsonNode before, ArrayNode patch, String path) {
    Optional<String> key = MergeKeys.of(path);
    if (key.isPresent() && Json.elements(patch).allMatch(JsonNode::isObject)) {
      return keyed(before, patch, key.get(), path);
    }
    if (!MergeKeys.isSet(path)) {
      return patch.deepCopy();
    }
    ArrayNode union = Json.array();
    Json.elements(before).forEach(union::add);
    Json.elements(patch)
        .filter(one -> Json.elements(union).noneMatch(one::equals))
        .toList()
        .forEach(union::add);
    return union;
  }

  private static ArrayNode keyed(JsonNode before, ArrayNode patch, String key, String path) {
    ArrayNode result = Json.array();
    boolean replaces =
        Json.elements(patch).anyMatch(one -> one.path(DIRECTIVE).asText().equals("replace"));
    if (!replaces) {
      Json.elements(before).forEach(one -> result.add(one.deepCopy()));
    }
    for (JsonNode element : patch) {
      if (element.size() == 1 && element.has(DIRECTIVE)) {
        continue;
      }
      int index = indexOf(result, key, element.path(key));
      if (element.path(DIRECTIVE).asText().equals("delete")) {
        if (index >= 0) {
          result.remove(index);
        }
      } else if (index < 0) {
        result.add(plain(element));
      } else {
        result.set(index, object((ObjectNode) result.get(index), element, path));
      }
    }
    return result;
  }

  private static int indexOf(ArrayNode list, String key, JsonNode value) {
    for (int index = 0; index < list.size(); index++) {
      if (list.get(index).isObject() && list.get(index).path(key).equals(value)) {
        return index;
      }
    }
    return -1;
  }

  private static void deleteFrom(ObjectNode result, String name, JsonNode gone) {
    ArrayNode left = Json.array();
    Json.elements(result.path(name))
        .filter(one -> Json.elements(gone).noneMatch(one::equals))
        .forEach(left::add);
    result.set(name, left);
  }

  private static void order(ObjectNode result, String directive, JsonNode order, String path) {
    String name = directive.substring(ORDER.length());
    if (!(result.get(name) instanceof ArrayNode list)) {
      return;
    }
    Optional<String> key = MergeKeys.of(join(path, name));
    List<JsonNode> wanted = Json.elements(order).toList();
    List<JsonNode> ordered = new ArrayList<>(Json.elements(list).toList());
    // Stable: what the patch does not name stays behind what it names.
    ordered.sort(
        java.util.Comparator.comparingInt(
            element -> {
              int place = place(wanted, element, key);
              return place < 0 ? wanted.size() : place;
            }));
    list.removeAll();
    ordered.forEach(list::add);
  }

  private static int place(List<JsonNode> wanted, JsonNode element, Optional<String> key) {
    for (int index = 0; index < wanted.size(); index++) {
      JsonNode one = wanted.get(index);
      boolean isSame =
          (key.isPresent() && one.isObject())
              ? one.path(key.get()).equals(element.path(key.get()))
              : one.equals(element);
      if (isSame) {
        return index;
      }
    }
    return -1;
  }

  /** Without directives, for what was not there before. */
  private static ObjectNode plain(JsonNode patch) {
    ObjectNode empty = Json.object();
    ObjectNode copy = patch.deepCopy();
    copy.remove(DIRECTIVE);
    return object(empty, copy, "");
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
