package io.rke4j.core.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.state.NodeRecord.Standing;
import io.rke4j.spi.state.StateStoreException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link ClusterRecord} into the document that a {@link io.rke4j.spi.state.StateStore}
 * keeps, and back. Reads only what it fully understands.
 */
public final class ClusterRecordCodec {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .addModule(
              new SimpleModule()
                  .addSerializer(new SecretWriter())
                  .addDeserializer(Secret.class, new SecretReader()))
          .build();

  private ClusterRecordCodec() {}

  /** The document to keep. */
  public static Secret write(ClusterRecord record) {
    try {
      return Secret.of(
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(record)) + "\n");
    } catch (JacksonException e) {
      throw new IllegalStateException("a record of texts cannot fail to be written", e);
    }
  }

  /**
   * The record in a document.
   *
   * @throws StateStoreException if it is damaged, or was written by a newer version of this library
   */
  public static ClusterRecord read(Secret document) {
    try {
      JsonNode tree = JSON.readTree(document.reveal());
      int format = tree.path("formatVersion").asInt(0);
      if (format > Document.FORMAT_VERSION) {
        throw new StateStoreException(
            "the state document has format "
                + format
                + "; this version of the library reads up to "
                + Document.FORMAT_VERSION,
            "Use the version that wrote it, or a newer one",
            null);
      }
      if (format < 1) {
        throw damaged("it does not name its format", null);
      }
      return JSON.treeToValue(complete(tree, format), Document.class).toRecord();
    } catch (JacksonException e) {
      throw damaged(JsonPlace.of(e), null);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  /** What is not used is not written, so that older versions of this library can read the rest. */
  private static JsonNode tree(ClusterRecord record) {
    ObjectNode tree = JSON.valueToTree(Document.of(record));
    if (!record.encryption().before().equals(EncryptionRecord.NONE.before())) {
      return tree;
    }
    ((ObjectNode) tree.path(Document.ENCRYPTION)).remove(Document.BEFORE);
    tree.put("formatVersion", Document.WITHOUT_BEFORE);
    if (record.nodes().stream().anyMatch(node -> node.standing() == Standing.COMING)) {
      return tree;
    }
    tree.put("formatVersion", Document.WITHOUT_COMING);
    if (record.encryption().keyMade().isAfter(Instant.EPOCH)) {
      return tree;
    }
    ((ObjectNode) tree.path(Document.ENCRYPTION)).remove(Document.KEY_MADE);
    tree.put("formatVersion", Document.WITHOUT_KEY_MADE);
    if (record.nodes().stream().anyMatch(node -> node.standing() != Standing.MEMBER)) {
      return tree;
    }
    tree.path("nodes").forEach(node -> ((ObjectNode) node).remove(Document.STANDING));
    tree.put("formatVersion", Document.WITHOUT_STANDING);
    if (record.nodes().stream().anyMatch(NodeRecord::made)) {
      return tree;
    }
    tree.path("nodes").forEach(node -> ((ObjectNode) node).remove(Document.MADE));
    tree.put("formatVersion", Document.WITHOUT_MADE);
    if (!record.encryption().isSet()) {
      tree.remove(Document.ENCRYPTION);
      tree.put("formatVersion", 1);
    }
    return tree;
  }

  private static JsonNode complete(JsonNode tree, int format) {
    if (format == 1 && tree instanceof ObjectNode first && !first.has(Document.ENCRYPTION)) {
      first.set(
          Document.ENCRYPTION, JSON.valueToTree(Document.Encryption.of(EncryptionRecord.NONE)));
    }
    boolean keyIsOfUnknownAge = format <= Document.WITHOUT_KEY_MADE;
    if (keyIsOfUnknownAge && tree.path(Document.ENCRYPTION) instanceof ObjectNode encryption) {
      encryption.put(Document.KEY_MADE, Instant.EPOCH.toString());
    }
    if (format <= Document.WITHOUT_BEFORE
        && tree.path(Document.ENCRYPTION) instanceof ObjectNode encryption) {
      encryption.put(Document.BEFORE, "");
    }
    if (format <= Document.WITHOUT_MADE) {
      complete(tree.path("nodes"), Document.MADE, BooleanNode.FALSE);
    }
    if (format <= Document.WITHOUT_STANDING) {
      complete(
          tree.path("nodes"), Document.STANDING, TextNode.valueOf(Document.label(Standing.MEMBER)));
    }
    return tree;
  }

  private static void complete(JsonNode nodes, String field, JsonNode value) {
    for (JsonNode node : nodes) {
      if (node instanceof ObjectNode older && !older.has(field)) {
        older.set(field, value);
      }
    }
  }

  private static StateStoreException damaged(String why, @Nullable Exception cause) {
    return new StateStoreException(
        "the state document cannot be read: " + why, "Restore it from a backup", cause);
  }

  private static final class SecretWriter extends StdSerializer<Secret> {

    SecretWriter() {
      super(Secret.class);
    }

    @Override
    public void serialize(Secret secret, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(secret.reveal());
    }
  }

  private static final class SecretReader extends StdDeserializer<Secret> {

    SecretReader() {
      super(Secret.class);
    }

    @Override
    public Secret deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getValueAsString();
      if (text == null) {
        context.reportWrongTokenException(this, JsonToken.VALUE_STRING, "a key is a text");
      }
      return Secret.of(String.valueOf(text));
    }
  }
}
