package io.rke4j.core.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Kubernetes objects as JSON trees. */
public final class KubeJson {

  // One for all: making it is the expensive part, and it is thread-safe.
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private KubeJson() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An object with its type, name and namespace; no namespace if that is empty. */
  public static ObjectNode object(String apiVersion, String kind, String namespace, String name) {
    ObjectNode object = object().put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return object;
  }

  /** Maps, lists, texts and numbers as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Reads an object; empty if the text is not one. */
  public static Optional<ObjectNode> read(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The elements of a list; none where there is no list. */
  public static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /**
   * Whether the observed tree has all that is wanted: objects may have further fields, since the
   * server fills in defaults; lists must be the same in length and order.
   */
  public static boolean holds(JsonNode observed, JsonNode wanted) {
    if (wanted.isObject()) {
      return observed.isObject()
          && fieldsOf(wanted)
              .allMatch(field -> holds(observed.path(field.getKey()), field.getValue()));
    }
    if (!wanted.isArray()) {
      return wanted.equals(observed);
    }
    if (!observed.isArray() || observed.size() != wanted.size()) {
      return false;
    }
    for (int index = 0; index < wanted.size(); index++) {
      if (!holds(observed.path(index), wanted.path(index))) {
        return false;
      }
    }
    return true;
  }

  /** Lays the wanted fields over an observed object; fields that are not wanted stay. */
  public static void overlay(ObjectNode observed, JsonNode wanted) {
    fieldsOf(wanted)
        .forEach(
            field -> {
              if (field.getValue().isObject()
                  && observed.path(field.getKey()) instanceof ObjectNode inner) {
                overlay(inner, field.getValue());
              } else {
                observed.set(field.getKey(), field.getValue());
              }
            });
  }

  private static Stream<Map.Entry<String, JsonNode>> fieldsOf(JsonNode object) {
    return object.properties().stream();
  }
}
