package io.rke4j.core.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One thing that is, is not, or is not yet known to be true of a cluster or node.
 *
 * @param type what it is about, for example {@code Provisioned}
 * @param status whether it is true
 * @param reason one word for why; empty if there is nothing to explain
 * @param message the same for people
 * @param updated when any of this was last written
 * @param changed when the status last changed
 */
record Condition(
    String type, Status status, String reason, String message, Instant updated, Instant changed) {

  /** Reason of what failed. */
  static final String ERROR = "Error";

  /** As Kubernetes writes it. */
  enum Status {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    static Status of(String word) {
      for (Status status : values()) {
        if (status.word.equals(word)) {
          return status;
        }
      }
      return UNKNOWN;
    }
  }

  static Condition first(String type, Instant now) {
    return new Condition(type, Status.UNKNOWN, "", "", now, now);
  }

  /** This with other words; the same if nothing differs, so that times do not flap. */
  Condition now(Status to, String why, String text, Instant at) {
    if (to == status && why.equals(reason) && text.equals(message)) {
      return this;
    }
    return new Condition(type, to, why, text, at, to == status ? changed : at);
  }

  ObjectNode json() {
    return KubeJson.object()
        .put("type", type)
        .put("status", status.word)
        .put("reason", reason)
        .put("message", message)
        .put("lastUpdateTime", updated.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("lastTransitionTime", changed.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  static Condition of(JsonNode json) {
    return new Condition(
        json.path("type").asText(),
        Status.of(json.path("status").asText()),
        json.path("reason").asText(""),
        json.path("message").asText(""),
        time(json, "lastUpdateTime"),
        time(json, "lastTransitionTime"));
  }

  private static Instant time(JsonNode json, String field) {
    String text = json.path(field).asText("");
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }
}
