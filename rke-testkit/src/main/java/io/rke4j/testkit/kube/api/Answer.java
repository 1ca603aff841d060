package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.resource.ServedTypes;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.Map;

/** What a client gets: all at once, or as it happens. */
sealed interface Answer {

  /**
   * All at once.
   *
   * @param headers further headers
   */
  record Whole(int status, String contentType, String body, Map<String, String> headers)
      implements Answer {}

  /** The description of the API in the form of Protocol Buffers. */
  record Description(ServedTypes types) implements Answer {}

  /** Changes as they happen. */
  record Live(WatchRequest request) implements Answer {}

  static Answer json(int status, JsonNode body) {
    return whole(status, "application/json", body.toString());
  }

  static Answer text(String body) {
    return whole(200, "text/plain", body);
  }

  static Answer whole(int status, String contentType, String body) {
    return new Whole(status, contentType, body, Map.of());
  }

  static Answer failure(KubeFailure failure) {
    return json(failure.code(), failure.toStatus());
  }
}
