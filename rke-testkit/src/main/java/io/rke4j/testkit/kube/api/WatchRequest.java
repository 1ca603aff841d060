package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.Snapshot;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a client wants to be told of, and in which words. */
final class WatchRequest {

  private static final Duration USUAL = Duration.ofMinutes(30);

  private final KubeStore store;
  private final ResourceType type;
  private final Predicate<JsonNode> chosen;
  private final ApiRequest request;

  WatchRequest(KubeStore store, Target target, ApiRequest request) {
    this.store = store;
    this.type = target.type();
    this.chosen = Selection.of(target, request);
    this.request = request;
    if (!request.parameter("sendInitialEvents").isEmpty()) {
      throw KubeFailure.invalid(
          "meta.k8s.io",
          "ListOptions",
          "",
          "sendInitialEvents",
          "Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate"
              + " is enabled");
    }
  }

  Duration limit() {
    return request.number("timeoutSeconds").map(Duration::ofSeconds).orElse(USUAL);
  }

  boolean wantsBookmarks() {
    return request.flag("allowWatchBookmarks");
  }

  /**
   * Starts to tell: without a version, first of all that is there.
   *
   * @param initial gets what is there
   * @param changes gets every further change, while the store is locked
   */
  void start(Consumer<ObjectNode> initial, Consumer<StoreEvent> changes) {
    String version = request.parameter("resourceVersion");
    if (!version.isEmpty() && !version.matches("\\d{1,18}")) {
      throw KubeFailure.badRequest("Invalid value: \"" + version + "\": no resource version");
    }
    store.atomically(
        locked -> {
          if (!version.isEmpty() && !version.equals("0")) {
            locked.watch(Long.parseLong(version), changes);
            return true;
          }
          Snapshot snapshot = locked.list(type, "");
          snapshot.items().stream().filter(chosen).forEach(initial);
          locked.watch(snapshot.revision(), changes);
          return true;
        });
  }

  void stop(Consumer<StoreEvent> changes) {
    store.unwatch(changes);
  }

  /** An object that was there before the watch. */
  JsonNode added(ObjectNode object, boolean isFirst) {
    return event("ADDED", view().event(object, isFirst));
  }

  /** How the client is told of a change; empty if it is none of its business. */
  Optional<JsonNode> told(StoreEvent event, boolean isFirst) {
    boolean is = event.change() != StoreEvent.Change.DELETED && chosen.test(event.object());
    boolean was = event.previous().filter(chosen).isPresent();
    if (!is && !was) {
      return Optional.empty();
    }
    // Who looks at a selection sees what leaves it as deleted.
    String kind = is && was ? "MODIFIED" : is ? "ADDED" : "DELETED";
    ObjectNode object = KubeStore.as(type, event.object());
    return Optional.of(event(kind, view().event(object, isFirst)));
  }

  boolean concerns(StoreEvent event) {
    return event.collection().equals(type.collection());
  }

  /** How far the client has been told. */
  JsonNode bookmark() {
    ObjectNode object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    Meta.of(object).put("resourceVersion", Long.toString(store.revision()));
    return event("BOOKMARK", object);
  }

  static JsonNode error(KubeFailure failure) {
    return event("ERROR", failure.toStatus());
  }

  private Views view() {
    return Views.of(store, type, request);
  }

  private static ObjectNode event(String kind, JsonNode object) {
    ObjectNode event = Json.object().put("type", kind);
    event.set("object", object);
    return event;
  }
}
