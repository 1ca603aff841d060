package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.spi.addon.KubeApiException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the API tells of objects that do not do their work. What cannot be read is evidence, too: it
 * says why not, and never hides the failure itself.
 *
 * @param client asks the API
 * @param namespace where the objects are
 */
public record Evidence(KubeClient client, String namespace) {

  private static final int LINES = 20;

  // What follows the reason in a longer line is the whole object that Kubernetes refused.
  private static final int LENGTH = 300;

  /** The newest events of an object that are warnings, oldest first. */
  public List<String> warnings(String what, String name) {
    return orWhyNot(
        what,
        () -> {
          List<JsonNode> warnings =
              client.list(collection("events?fieldSelector=involvedObject.name%3D" + name)).stream()
                  .filter(event -> !event.path("type").asText().equals("Normal"))
                  .toList();
          return warnings.stream()
              .skip(Math.max(0, warnings.size() - LINES))
              .map(event -> "event " + reason(event));
        });
  }

  /** The last lines of a pod's log. */
  public List<String> log(String what, String pod) {
    String path = collection("pods/" + pod + "/log?tailLines=" + LINES);
    return orWhyNot(
        what,
        () ->
            client
                .text(path)
                .lines()
                .map(line -> line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…"));
  }

  /** The lines, or why they cannot be read. */
  public static List<String> orWhyNot(String what, Supplier<Stream<String>> lines) {
    try {
      return lines.get().toList();
    } catch (KubeApiException e) {
      return List.of(what + " cannot be read: " + e.getMessage());
    }
  }

  /** The reason that an event, a condition or a state gives, with its message. */
  public static String reason(JsonNode object) {
    String message = object.path("message").asText("");
    return object.path("reason").asText() + (message.isEmpty() ? "" : ": " + message);
  }

  private String collection(String rest) {
    return "/api/v1/namespaces/" + namespace + "/" + rest;
  }
}
