package io.rke4j.testkit.kube.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.rke4j.testkit.kube.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A message as the JSON that Kubernetes writes for the same object. Fields have the same names in
 * both; what differs are the few types that write themselves, and parts that JSON has no name for.
 *
 * <p>Clients write every field that is no pointer in Go, however empty. An empty text is therefore
 * nothing, and so is a zero where Kubernetes takes it for nothing.
 */
final class MessageJson {

  /** Parts whose fields JSON has one level up ({@code json:",inline"}). */
  private static final Set<String> INLINE =
      Set.of(
          "ephemeralContainerCommon",
          "handler",
          "ingressRuleValue",
          "localObjectReference",
          "persistentVolumeSource",
          "rule",
          "ruleWithOperations",
          "volumeSource");

  private static final Set<String> NOTHING_IF_ZERO =
      Set.of("generation", "healthCheckNodePort", "hostPort", "nodePort");

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "JSONSchemaProps.ref", "$ref",
          "JSONSchemaProps.schema", "$schema",
          "NodeSpec.unusedExternalID", "externalID");

  private static final String EXTENSION = "xKubernetes";

  private MessageJson() {}

  static ObjectNode of(Message message) {
    ObjectNode object = Json.object();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (isInline(field)) {
                object.setAll(of((Message) value));
              } else {
                json(field, value).ifPresent(node -> object.set(name(field), node));
              }
            });
    return object;
  }

  private static boolean isInline(FieldDescriptor field) {
    return isMessage(field) && !field.isRepeated() && INLINE.contains(field.getName());
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }

  private static String name(FieldDescriptor field) {
    String name = field.getName();
    if (name.startsWith(EXTENSION)) {
      return "x-kubernetes"
          + name.substring(EXTENSION.length())
              .replaceAll("([A-Z])", "-$1")
              .toLowerCase(Locale.ROOT);
    }
    return OTHER_NAMES.getOrDefault(field.getContainingType().getName() + "." + name, name);
  }

  private static Optional<JsonNode> json(FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      return Optional.of(map((List<?>) value));
    }
    if (field.isRepeated()) {
      ArrayNode list = Json.array();
      ((List<?>) value).forEach(item -> list.add(node(item)));
      return Optional.of(list);
    }
    return isNothing(field, value)
        ? Optional.empty()
        : Optional.of(node(value)).filter(node -> !node.isNull());
  }

  private static boolean isNothing(FieldDescriptor field, Object value) {
    return value instanceof Number number
        ? number.longValue() == 0 && NOTHING_IF_ZERO.contains(field.getName())
        : "".equals(value);
  }

  private static ObjectNode map(List<?> entries) {
    ObjectNode map = Json.object();
    for (Object entry : entries) {
      Message pair = (Message) entry;
      List<FieldDescriptor> keyAndValue = pair.getDescriptorForType().getFields();
      map.set(
          pair.getField(keyAndValue.get(0)).toString(), node(pair.getField(keyAndValue.get(1))));
    }
    return map;
  }

  private static JsonNode node(Object value) {
    if (value instanceof Message message) {
      return SelfWriting.json(message).orElseGet(() -> of(message));
    }
    if (value instanceof ByteString bytes) {
      return Json.tree(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }
    return Json.tree(value instanceof EnumValueDescriptor word ? word.getName() : value);
  }
}
