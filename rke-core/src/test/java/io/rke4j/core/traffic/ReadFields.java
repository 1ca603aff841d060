package io.rke4j.core.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which fields of the engine's answers the library reads, in {@code builtin.docker}; without the
 * names of volumes, which are others on every host.
 */
final class ReadFields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> CONFIG =
      List.of("Image", "Entrypoint", "Cmd", "Env", "User", "Labels");

  private static final List<String> HOST_CONFIG =
      List.of(
          "Binds",
          "NetworkMode",
          "PidMode",
          "Privileged",
          "SecurityOpt",
          "VolumesFrom",
          "PortBindings",
          "RestartPolicy");

  private ReadFields() {}

  /** What is read of an answer. */
  static JsonNode of(String method, String place, int status, byte[] body) throws IOException {
    if (status >= 400) {
      return fields(JSON.readTree(body), "message");
    }
    if (place.equals("/containers/json")) {
      ArrayNode list = JSON.createArrayNode();
      for (JsonNode container : JSON.readTree(body)) {
        list.add(fields(container, "Id", "Names"));
      }
      return list;
    }
    if (place.equals("/images/create")) {
      String words = new String(body, StandardCharsets.UTF_8);
      return JSON.createObjectNode().put("failed", words.contains("\"error\""));
    }
    if (place.equals("/info")) {
      return fields(
          JSON.readTree(body),
          "ServerVersion",
          "OperatingSystem",
          "Architecture",
          "DockerRootDir",
          "CgroupDriver",
          "SecurityOptions");
    }
    if (place.matches("/images/.+/json")) {
      ObjectNode image = fields(JSON.readTree(body), "Id");
      image.set("Config", fields(JSON.readTree(body).path("Config"), CONFIG));
      image.withObject("/Config").remove("Image");
      return image;
    }
    if (place.matches("/containers/[^/]+/json")) {
      return container(JSON.readTree(body));
    }
    return place.equals("/containers/create")
        ? fields(JSON.readTree(body), "Id")
        : place.endsWith("/wait")
            ? fields(JSON.readTree(body), "StatusCode")
            : NullNode.getInstance();
  }

  private static ObjectNode container(JsonNode whole) {
    ObjectNode container = fields(whole, "Id", "Name", "Image", "RestartCount", "LogPath");
    container.set("State", fields(whole.path("State"), "Status", "ExitCode", "StartedAt"));
    container.set("Config", fields(whole.path("Config"), CONFIG));
    container.set("HostConfig", fields(whole.path("HostConfig"), HOST_CONFIG));
    return container;
  }

  private static ObjectNode fields(JsonNode node, String... names) {
    return fields(node, List.of(names));
  }

  /** Nothing, an empty list and an empty text say the same to the library. */
  private static ObjectNode fields(JsonNode node, List<String> names) {
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    for (String name : names) {
      JsonNode value = node.path(name);
      boolean empty =
          value.isMissingNode()
              || value.isNull()
              || (value.isContainerNode() && value.isEmpty())
              || (value.isTextual() && value.asText().isEmpty());
      found.set(name, empty ? NullNode.getInstance() : value);
    }
    return found;
  }
}
