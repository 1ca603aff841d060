package io.rke4j.testkit.kube.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads and writes JSON trees. */
public final class Json {

  // Making one is expensive, and it is thread-safe.
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** A new empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A new empty list. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** Maps, lists, texts and numbers as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Reads JSON.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static JsonNode parse(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree == null ? MAPPER.missingNode() : tree;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads the documents of a YAML text, which may as well be JSON; empty ones are left out.
   *
   * @throws IllegalArgumentException if the text is not YAML; the message says where
   */
  public static List<JsonNode> parseYaml(String text) {
    List<JsonNode> documents = new ArrayList<>();
    try {
      for (Object document : yaml().loadAll(text)) {
        if (document != null) {
          documents.add(tree(document));
        }
      }
      return List.copyOf(documents);
    } catch (YAMLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Yaml yaml() {
    DumperOptions options = new DumperOptions();
    LoaderOptions loading = new LoaderOptions();
    loading.setCodePointLimit(50_000_000);
    return new Yaml(
        new SafeConstructor(loading), new Representer(options), options, new TimesAreTexts());
  }

  /** Kubernetes has no dates in its YAML, only texts that look like them. */
  private static final class TimesAreTexts extends Resolver {

    @Override
    public Tag resolve(org.yaml.snakeyaml.nodes.NodeId kind, String value, boolean implicit) {
      Tag tag = super.resolve(kind, value, implicit);
      return Tag.TIMESTAMP.equals(tag) ? Tag.STR : tag;
    }
  }

  /** The elements of a list; none where there is no list. */
  public static Stream<JsonNode> elements(JsonNode list) {
    return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
  }

  /** The texts of a list. */
  public static List<String> texts(JsonNode list) {
    return elements(list).map(JsonNode::asText).toList();
  }

  /** The fields of an object; none where there is no object. */
  public static Stream<Map.Entry<String, JsonNode>> fields(JsonNode object) {
    return object.isObject() ? List.copyOf(object.properties()).stream() : Stream.empty();
  }

  /** The object under a field, which is made where there is none. */
  public static ObjectNode child(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode found ? found : parent.putObject(field);
  }

  /** The list under a field, which is made where there is none. */
  public static ArrayNode list(ObjectNode parent, String field) {
    return parent.get(field) instanceof ArrayNode found ? found : parent.putArray(field);
  }

  /** Sets a field unless it has a value. */
  public static void putIfAbsent(ObjectNode object, String field, Object value) {
    if (!object.hasNonNull(field)) {
      object.set(field, tree(value));
    }
  }

  /** Whether a field is the same in both. */
  public static boolean sameField(JsonNode one, JsonNode other, String field) {
    return Objects.equals(one.get(field), other.get(field));
  }
}
