package io.rke4j.testkit.kube.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.rke4j.testkit.kube.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Types of Kubernetes that are no objects in JSON, though they are messages. */
final class SelfWriting {

  private static final long TEXT = 1;

  private SelfWriting() {}

  /** Its JSON, null for a time that was never set; empty for all other types. */
  static Optional<JsonNode> json(Message message) {
    return Optional.ofNullable(
        switch (message.getDescriptorForType().getName()) {
          case "Time" -> time(message, ChronoUnit.SECONDS);
          case "MicroTime" -> time(message, ChronoUnit.MICROS);
          case "Quantity" -> Json.tree(text(message, "string"));
          case "IntOrString" -> numberOrText(message);
          case "RawExtension", "JSON" -> raw(message, "raw");
          case "FieldsV1" -> raw(message, "Raw");
          case "ExtraValue", "Verbs" -> list(message, "items");
          case "JSONSchemaPropsOrBool" -> schemaOr(message, "allows");
          case "JSONSchemaPropsOrArray" -> schemaOr(message, "jSONSchemas");
          case "JSONSchemaPropsOrStringArray" -> schemaOr(message, "property");
          default -> null;
        });
  }

  private static JsonNode time(Message message, ChronoUnit precision) {
    if (message.getAllFields().isEmpty()) {
      return NullNode.getInstance();
    }
    long nanos = precision == ChronoUnit.SECONDS ? 0 : number(message, "nanos");
    return Json.tree(Instant.ofEpochSecond(number(message, "seconds"), nanos).toString());
  }

  private static JsonNode numberOrText(Message message) {
    return number(message, "type") == TEXT
        ? Json.tree(text(message, "strVal"))
        : Json.tree(number(message, "intVal"));
  }

  private static JsonNode raw(Message message, String field) {
    String text = ((ByteString) value(message, field)).toStringUtf8();
    return text.isEmpty() ? NullNode.getInstance() : Json.parse(text);
  }

  /** A schema where there is one, and what may stand in its place else. */
  private static JsonNode schemaOr(Message message, String other) {
    FieldDescriptor schema = field(message, "schema");
    if (message.hasField(schema)) {
      return MessageJson.of((Message) message.getField(schema));
    }
    return field(message, other).isRepeated()
        ? list(message, other)
        : Json.tree(value(message, other));
  }

  private static ArrayNode list(Message message, String field) {
    ArrayNode list = Json.array();
    for (Object item : (List<?>) value(message, field)) {
      list.add(item instanceof Message part ? MessageJson.of(part) : Json.tree(item));
    }
    return list;
  }

  private static long number(Message message, String field) {
    return ((Number) value(message, field)).longValue();
  }

  private static String text(Message message, String field) {
    return (String) value(message, field);
  }

  private static Object value(Message message, String field) {
    return message.getField(field(message, field));
  }

  private static FieldDescriptor field(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      throw new IllegalStateException(message.getDescriptorForType().getName() + " has no " + name);
    }
    return field;
  }
}
