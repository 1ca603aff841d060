package io.rke4j.testkit.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import java.util.Optional;

/** What {@code kubectl apply} does: sets what is wanted, and takes away what was wanted before. */
public final class ThreeWayMerge {

  private ThreeWayMerge() {}

  /**
   * The strategic merge patch that leads to what is wanted.
   *
   * @param before what was wanted the last time
   * @param wanted what is wanted now
   */
  public static ObjectNode patch(JsonNode before, JsonNode wanted) {
    return object(before, wanted, "");
  }

  private static ObjectNode object(JsonNode before, JsonNode wanted, String path) {
    ObjectNode patch = Json.object();
    Json.fields(wanted)
        .forEach(
            field -> {
              String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              JsonNode former = before.path(field.getKey());
              JsonNode value = field.getValue();
              if (value.isObject()) {
                patch.set(field.getKey(), object(former, value, inner));
              } else if (value.isArray()) {
                patch.set(field.getKey(), list(former, value, inner));
              } else {
                patch.set(field.getKey(), value);
              }
            });
    Json.fields(before)
        .filter(field -> !wanted.has(field.getKey()))
        .forEach(field -> patch.putNull(field.getKey()));
    return patch;
  }

  private static ArrayNode list(JsonNode before, JsonNode wanted, String path) {
    Optional<String> key = MergeKeys.of(path);
    ArrayNode patch = Json.array();
    if (key.isEmpty()) {
      Json.elements(wanted).forEach(patch::add);
      return patch;
    }
    for (JsonNode element : wanted) {
      patch.add(object(same(before, element, key.get()), element, path));
    }
    Json.elements(before)
        .filter(element -> same(wanted, element, key.get()).isMissingNode())
        .forEach(
            element -> {
              ObjectNode gone = patch.addObject().put("$patch", "delete");
              gone.set(key.get(), element.path(key.get()));
            });
    return patch;
  }

  private static JsonNode same(JsonNode list, JsonNode element, String key) {
    return Json.elements(list)
        .filter(one -> one.path(key).equals(element.path(key)))
        .findFirst()
        .orElseGet(() -> Json.object().path("none"));
  }
}
