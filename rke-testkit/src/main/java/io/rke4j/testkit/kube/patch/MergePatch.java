package io.rke4j.testkit.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;

/** The merge patch of RFC 7386: fields replace fields, null takes one away, lists are replaced. */
public final class MergePatch {

  private MergePatch() {}

  /** The object with the patch laid over it; neither is changed. */
  public static ObjectNode apply(ObjectNode target, JsonNode patch) {
    ObjectNode result = target.deepCopy();
    Json.fields(patch)
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNull()) {
                result.remove(field.getKey());
              } else if (value.isObject()) {
                JsonNode before = result.path(field.getKey());
                ObjectNode base = before instanceof ObjectNode object ? object : Json.object();
                result.set(field.getKey(), apply(base, value));
              } else {
                result.set(field.getKey(), value.deepCopy());
              }
            });
    return result;
  }
}
