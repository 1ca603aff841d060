package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.resource.ServedTypes;
import java.util.List;

/**
 * The description of the API that kubectl asks for before it applies anything. It says which
 * parameters patches take, and nothing of the fields of objects: kubectl then lets all of them
 * pass.
 */
final class OpenApi {

  private static final String GVK = "x-kubernetes-group-version-kind";

  private OpenApi() {}

  private static List<String> parameters(ServedTypes types) {
    return types.release().isAtLeast(25)
        ? List.of("dryRun", "fieldManager", "fieldValidation")
        : List.of("dryRun", "fieldManager");
  }

  private static String path(ResourceType type) {
    String root = type.group().isEmpty() ? "/api/" : "/apis/";
    String space = type.namespaced() ? "/namespaces/{namespace}/" : "/";
    return root + type.apiVersion() + space + type.plural() + "/{name}";
  }

  static JsonNode json(ServedTypes types) {
    ObjectNode document = Json.object().put("swagger", "2.0");
    document.putObject("info").put("title", "Kubernetes").put("version", types.release().version());
    ObjectNode paths = document.putObject("paths");
    for (ResourceType type : types.all()) {
      ObjectNode patch = paths.putObject(path(type)).putObject("patch");
      ArrayNode parameters = patch.putArray("parameters");
      parameters(types)
          .forEach(
              name ->
                  parameters
                      .addObject()
                      .put("name", name)
                      .put("in", "query")
                      .put("type", "string"));
      patch.putObject("responses").putObject("200").put("description", "OK");
      patch
          .putObject(GVK)
          .put("group", type.group())
          .put("version", type.version())
          .put("kind", type.kind());
    }
    document.putObject("definitions");
    return document;
  }

  /** The same as a message of gnostic's {@code openapi.v2.Document}. */
  static byte[] protobuf(ServedTypes types) {
    ProtoMessage paths = new ProtoMessage();
    for (ResourceType type : types.all()) {
      ProtoMessage patch = new ProtoMessage();
      for (String name : parameters(types)) {
        ProtoMessage query = new ProtoMessage().text(2, "query").text(4, name).text(6, "string");
        ProtoMessage parameter = new ProtoMessage().message(3, query);
        patch.message(8, new ProtoMessage().message(1, new ProtoMessage().message(2, parameter)));
      }
      String kind =
          "group: \"%s\"\nkind: %s\nversion: %s\n"
              .formatted(type.group(), type.kind(), type.version());
      patch.message(
          13, new ProtoMessage().text(1, GVK).message(2, new ProtoMessage().text(2, kind)));
      ProtoMessage item = new ProtoMessage().message(8, patch);
      paths.message(2, new ProtoMessage().text(1, path(type)).message(2, item));
    }
    return new ProtoMessage()
        .text(1, "2.0")
        .message(2, new ProtoMessage().text(1, "Kubernetes").text(2, types.release().version()))
        .message(8, paths)
        .message(9, new ProtoMessage())
        .bytes();
  }
}
