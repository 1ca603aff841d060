package io.rke4j.testkit.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as the engine speaks it. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An empty list. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** A list of texts. */
  public static ArrayNode array(Collection<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  /** An object of texts. */
  public static ObjectNode object(Map<String, String> texts) {
    ObjectNode object = object();
    texts.forEach(object::put);
    return object;
  }

  /**
   * An object that was sent; an empty one for nothing.
   *
   * @throws EngineRefusal if it is not a JSON object
   */
  public static ObjectNode parse(byte[] text) {
    try {
      JsonNode node = text.length == 0 ? object() : MAPPER.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw EngineRefusal.badRequest("invalid JSON: " + e.getClass().getSimpleName());
    }
    throw EngineRefusal.badRequest("invalid JSON: not an object");
  }

  /** The text of a node, in one line. */
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }

  /** A list of texts; one text alone counts as a list, and nothing as an empty one. */
  public static List<String> words(JsonNode node) {
    List<String> words = new ArrayList<>();
    if (node.isTextual()) {
      words.add(node.asText());
    }
    node.forEach(item -> words.add(item.asText()));
    return words;
  }

  /** Texts by name. */
  public static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }
}
