package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.List;

/** How a client wants to see objects: whole, as rows of a table, or their metadata only. */
interface Views {

  /** What the Accept header asks for. */
  static Views of(KubeStore store, ResourceType type, ApiRequest request) {
    String accept = request.accept();
    if (accept.contains("as=PartialObjectMetadata")) {
      return new Metadata();
    }
    if (accept.contains("as=Table")) {
      return new TableView(
          type,
          accept.contains("v=v1;") || accept.endsWith("v=v1") ? "v1" : "v1beta1",
          request.parameter("includeObject"),
          store.clock().instant());
    }
    return new Whole(type);
  }

  JsonNode one(ObjectNode object);

  JsonNode list(List<ObjectNode> objects, ObjectNode metadata);

  /** In a watch, whose first event may have to say more than the others. */
  default JsonNode event(ObjectNode object, boolean isFirst) {
    return one(object);
  }

  /** As they are. */
  record Whole(ResourceType type) implements Views {

    @Override
    public JsonNode one(ObjectNode object) {
      return object;
    }

    @Override
    public JsonNode list(List<ObjectNode> objects, ObjectNode metadata) {
      ObjectNode list = Json.object();
      list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
      list.set("metadata", metadata);
      ArrayNode items = list.putArray("items");
      for (ObjectNode object : objects) {
        // The list says what its elements are, but for resources that somebody defined.
        items.add(type.custom() ? object : object.without(List.of("kind", "apiVersion")));
      }
      return list;
    }
  }

  /** The metadata only. */
  record Metadata() implements Views {

    @Override
    public JsonNode one(ObjectNode object) {
      ObjectNode part = Json.object();
      part.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
      part.set("metadata", Meta.of(object));
      return part;
    }

    @Override
    public JsonNode list(List<ObjectNode> objects, ObjectNode metadata) {
      ObjectNode list = Json.object();
      list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
      list.set("metadata", metadata);
      ArrayNode items = list.putArray("items");
      objects.forEach(object -> items.add(one(object)));
      return list;
    }
  }
}
