package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.spi.addon.KubeApiException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API server answered; not printed, for it may be a Secret. */
record Answer(String request, int status, String body, String dateHeader) {

  private static final Pattern UNDECRYPTABLE =
      Pattern.compile("unable to transform key \"/[\\w./-]+\"");

  /** When it was sent, by the server's clock, if it says that. */
  Optional<Instant> date() {
    try {
      return Optional.of(
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(dateHeader.strip(), Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  Answer succeeded() {
    if (status < 200 || status > 299) {
      throw failure();
    }
    return this;
  }

  ObjectNode object() {
    return KubeJson.read(succeeded().body())
        .orElseThrow(
            () -> KubeApiException.answered(request, status, "NotJson", "no object of Kubernetes"));
  }

  private KubeApiException failure() {
    JsonNode answer = KubeJson.read(body).orElseGet(KubeJson::object);
    String reason = answer.path("reason").asText("HTTP " + status);
    // The server's words about a Secret may quote it.
    boolean confidential = request.contains("/secrets");
    String message = answer.path("message").asText(body.strip());
    return KubeApiException.answered(
        request, status, reason, confidential ? undecryptable(message) : shortened(message));
  }

  /** Which object no key fits: only its name is told. */
  private static String undecryptable(String message) {
    Matcher matcher = UNDECRYPTABLE.matcher(message);
    return matcher.find() ? matcher.group() : "";
  }

  private static String shortened(String text) {
    return text.length() <= 1000 ? text : text.substring(0, 1000) + "…";
  }

  @Override
  public String toString() {
    return "Answer[" + request + ", " + status + "]";
  }
}
