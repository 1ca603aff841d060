package io.rke4j.core.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON without fields that hold nothing. */
final class Pruned {

  private Pruned() {}

  static JsonNode of(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode kept = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              field -> {
                if (!field.getValue().isNull()) {
                  kept.set(field.getKey(), of(field.getValue()));
                }
              });
      return kept;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> kept.add(of(item)));
      return kept;
    }
    return node;
  }
}
