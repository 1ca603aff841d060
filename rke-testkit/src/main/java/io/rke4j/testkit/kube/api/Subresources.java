package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.json.Pods;
import io.rke4j.testkit.kube.patch.MergePatch;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.Part;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is below an object: its status, its scale, a pod's log and its eviction, tokens. */
final class Subresources {

  private final KubeStore store;
  private final Listing listing;
  private final Writing writing;
  private final Patching patching;
  private final PodLog logs;

  Subresources(KubeStore store) {
    this.store = store;
    this.listing = new Listing(store);
    this.writing = new Writing(store);
    this.patching = new Patching(store);
    this.logs = new PodLog(store);
  }

  Answer answer(Target target, ApiRequest request) {
    return switch (target.subresource()) {
      case "status" -> part(target, request, Part.STATUS);
      case "approval", "finalize" -> part(target, request, Part.ALL);
      case "scale" -> scale(target, request);
      case "log" -> logs.read(target, request);
      case "binding" -> bind(target, request);
      case "eviction" -> evict(target, request);
      case "token" -> token(target, request);
      default -> throw KubeFailure.methodNotAllowed();
    };
  }

  private Answer part(Target target, ApiRequest request, Part part) {
    return switch (request.method()) {
      case "GET" -> listing.get(target, request);
      case "PUT" -> writing.replace(target, request, part);
      case "PATCH" -> patching.patch(target, request, part);
      default -> throw KubeFailure.methodNotAllowed();
    };
  }

  private Answer scale(Target target, ApiRequest request) {
    ObjectNode object = store.get(target.type(), target.namespace(), target.name());
    if (request.method().equals("GET")) {
      return Answer.json(200, scaleOf(object));
    }
    JsonNode wanted =
        request.method().equals("PATCH")
            ? MergePatch.apply(scaleOf(object), request.object())
            : request.object();
    JsonNode replicas = wanted.path("spec").path("replicas");
    ObjectNode changed =
        store.update(
            target.type(),
            target.namespace(),
            target.name(),
            Part.MAIN,
            present -> {
              Json.child(present, "spec").put("replicas", replicas.asInt());
              return present;
            });
    return Answer.json(200, scaleOf(changed));
  }

  private static ObjectNode scaleOf(ObjectNode object) {
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    for (String field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      Meta.of(scale).put(field, Meta.text(object, field));
    }
    scale.putObject("spec").put("replicas", object.path("spec").path("replicas").asInt());
    scale.putObject("status").put("replicas", object.path("status").path("replicas").asInt());
    return scale;
  }

  private Answer bind(Target target, ApiRequest request) {
    String node = request.object().path("target").path("name").asText();
    store.update(
        target.type(),
        target.namespace(),
        target.name(),
        Part.ALL,
        pod -> {
          Pods.place(pod, node);
          return pod;
        });
    return Answer.json(201, success());
  }

  /** Budgets are not asked: every eviction is granted. */
  private Answer evict(Target target, ApiRequest request) {
    Deletion how = Deletion.of(request.object().path("deleteOptions"));
    store.delete(target.type(), target.namespace(), target.name(), how);
    return Answer.json(201, success());
  }

  private Answer token(Target target, ApiRequest request) {
    ObjectNode account = store.get(target.type(), target.namespace(), target.name());
    ObjectNode answer = request.object().deepCopy();
    int seconds = answer.path("spec").path("expirationSeconds").asInt(3600);
    Instant expires = store.clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
    answer
        .putObject("status")
        .put("token", IssuedTokens.issue(account, expires))
        .put("expirationTimestamp", expires.toString());
    return Answer.json(201, answer);
  }

  private static ObjectNode success() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success").put("code", 201);
  }
}
