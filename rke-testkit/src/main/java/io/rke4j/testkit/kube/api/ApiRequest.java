package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param method of HTTP
 * @param path without the query
 * @param query the parameters; of one that is given twice, the first
 * @param accept what the client wants to get
 * @param contentType what the body is
 * @param body what is to be written, in JSON where it came in Protocol Buffers; may hold secrets
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    String accept,
    String contentType,
    String body) {

  /** Copies the parameters. */
  public ApiRequest {
    query = Map.copyOf(query);
  }

  /** A parameter; empty if it is not given. */
  public String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    String value = parameter(name);
    return value.equals("true") || value.equals("1");
  }

  Optional<Integer> number(String name) {
    String value = parameter(name);
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(value));
    } catch (NumberFormatException e) {
      throw KubeFailure.badRequest(name + " is no number: " + value);
    }
  }

  /** The body as an object, in JSON or YAML. */
  JsonNode object() {
    try {
      if (!contentType.contains("yaml")) {
        return Json.parse(body);
      }
      List<JsonNode> documents = Json.parseYaml(body);
      return documents.isEmpty() ? Json.object() : documents.get(0);
    } catch (IllegalArgumentException e) {
      throw KubeFailure.badRequest("the object provided is unrecognized: " + e.getMessage());
    }
  }

  /** Says nothing of the body. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
