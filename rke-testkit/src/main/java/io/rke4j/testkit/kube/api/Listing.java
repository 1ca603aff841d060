package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** Answers requests for one object or for a list, in pages if that is wanted. */
final class Listing {

  private final KubeStore store;

  Listing(KubeStore store) {
    this.store = store;
  }

  Answer get(Target target, ApiRequest request) {
    ObjectNode object = store.get(target.type(), target.namespace(), target.name());
    return Answer.json(200, Views.of(store, target.type(), request).one(object));
  }

  Answer list(Target target, ApiRequest request) {
    Predicate<JsonNode> chosen = Selection.of(target, request);
    Snapshot snapshot = store.list(target.type(), target.namespace());
    requireKnown(request, snapshot.revision());
    String after = Page.after(request.parameter("continue"), store);
    List<ObjectNode> left =
        snapshot.items().stream()
            .filter(chosen)
            .filter(object -> after.isEmpty() || place(object).compareTo(after) > 0)
            .toList();
    int limit = request.number("limit").filter(wanted -> wanted > 0).orElse(left.size());
    List<ObjectNode> page = left.size() > limit ? left.subList(0, limit) : left;
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", Long.toString(snapshot.revision()));
    if (page.size() < left.size()) {
      String last = place(page.get(page.size() - 1));
      metadata.put("continue", new Page(snapshot.revision(), last).token());
      metadata.put("remainingItemCount", left.size() - page.size());
    }
    return Answer.json(200, Views.of(store, target.type(), request).list(page, metadata));
  }

  private void requireKnown(ApiRequest request, long revision) {
    String version = request.parameter("resourceVersion");
    if (version.matches("\\d{1,18}") && Long.parseLong(version) > revision) {
      throw KubeFailure.of(
          504,
          "Timeout",
          "Too large resource version: %s, current: %d".formatted(version, revision));
    }
  }

  static String place(JsonNode object) {
    return Meta.namespace(object) + "/" + Meta.name(object);
  }

  /** Where a list goes on. */
  private record Page(long revision, String last) {

    String token() {
      String text = Json.object().put("rv", revision).put("start", last).toString();
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String after(String token, KubeStore store) {
      if (token.isEmpty()) {
        return "";
      }
      JsonNode page;
      try {
        byte[] text = Base64.getUrlDecoder().decode(token);
        page = Json.parse(new String(text, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw KubeFailure.badRequest("continue key is not valid: " + e.getMessage());
      }
      if (page.path("rv").asLong() < store.compactedRevision()) {
        throw KubeFailure.expired(
            "The provided continue parameter is too old to display a consistent list result. You"
                + " can start a new list without the continue parameter.");
      }
      return page.path("start").asText();
    }
  }
}
