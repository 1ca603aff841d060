package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import java.time.Instant;
import java.util.List;

/**
 * Objects as the rows of a table, which is what {@code kubectl get} prints.
 *
 * @param type what the objects are
 * @param version of the kind Table that the client knows
 * @param include what of the object comes with its row: {@code None}, {@code Metadata} or {@code
 *     Object}
 * @param now when the table is made
 */
record TableView(ResourceType type, String version, String include, Instant now) implements Views {

  @Override
  public JsonNode one(ObjectNode object) {
    ObjectNode metadata = Json.object().put("resourceVersion", Meta.resourceVersion(object));
    return table(List.of(object), metadata, true);
  }

  @Override
  public JsonNode list(List<ObjectNode> objects, ObjectNode metadata) {
    return table(objects, metadata, true);
  }

  @Override
  public JsonNode event(ObjectNode object, boolean isFirst) {
    ObjectNode metadata = Json.object().put("resourceVersion", Meta.resourceVersion(object));
    return table(List.of(object), metadata, isFirst);
  }

  private ObjectNode table(List<ObjectNode> objects, ObjectNode metadata, boolean hasHeadings) {
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", apiVersion());
    table.set("metadata", metadata);
    ArrayNode headings = table.putArray("columnDefinitions");
    List<Column> columns = Column.of(type);
    if (hasHeadings) {
      // kubectl finds the column with the name by its format.
      headings.add(heading("Name", "string", "name", 0));
      for (Column column : columns) {
        String kind = column.isNumber() ? "integer" : "string";
        headings.add(heading(column.name(), kind, "", column.isWide() ? 1 : 0));
      }
    }
    ArrayNode rows = table.putArray("rows");
    Cells cells = new Cells(now);
    objects.forEach(object -> rows.add(row(object, columns, cells)));
    return table;
  }

  private String apiVersion() {
    return "meta.k8s.io/" + version;
  }

  private static ObjectNode heading(String name, String type, String format, int priority) {
    return Json.object()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", name)
        .put("priority", priority);
  }

  private ObjectNode row(ObjectNode object, List<Column> columns, Cells cells) {
    ObjectNode row = Json.object();
    ArrayNode values = row.putArray("cells");
    values.add(Meta.name(object));
    for (Column column : columns) {
      String text = column.text(object, cells);
      if (column.isNumber()) {
        values.add(Integer.parseInt(text));
      } else {
        values.add(text);
      }
    }
    switch (include) {
      case "None" -> {}
      case "Object" -> row.set("object", object);
      default -> {
        ObjectNode part = Json.object().put("kind", "PartialObjectMetadata");
        part.put("apiVersion", apiVersion()).set("metadata", Meta.of(object));
        row.set("object", part);
      }
    }
    return row;
  }
}
