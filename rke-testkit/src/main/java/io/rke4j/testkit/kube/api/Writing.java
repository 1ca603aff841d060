package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.Part;

/** Creates and replaces objects. */
final class Writing {

  private final KubeStore store;

  Writing(KubeStore store) {
    this.store = store;
  }

  Answer create(Target target, ApiRequest request) {
    ObjectNode object = body(target, request);
    String namespace = target.namespace();
    if (target.type().namespaced() && namespace.isEmpty()) {
      throw KubeFailure.badRequest("namespace is required");
    }
    if (isTrial(request)) {
      Json.putIfAbsent(Meta.of(object), "namespace", namespace);
      return Answer.json(201, object);
    }
    return Answer.json(201, store.create(target.type(), namespace, object));
  }

  Answer replace(Target target, ApiRequest request, Part part) {
    ObjectNode object = body(target, request);
    if (isTrial(request)) {
      return Answer.json(200, object);
    }
    ObjectNode stored =
        store.update(target.type(), target.namespace(), target.name(), part, present -> object);
    return Answer.json(200, stored);
  }

  static boolean isTrial(ApiRequest request) {
    return !request.parameter("dryRun").isEmpty();
  }

  private static ObjectNode body(Target target, ApiRequest request) {
    JsonNode body = request.object();
    if (!(body instanceof ObjectNode object)) {
      throw KubeFailure.badRequest("the object provided is unrecognized: it is no object");
    }
    String kind = object.path("kind").asText(target.type().kind());
    String version = object.path("apiVersion").asText(target.type().apiVersion());
    if (!kind.equals(target.type().kind()) || !version.equals(target.type().apiVersion())) {
      throw KubeFailure.badRequest(
          "the API version in the data (%s, %s) does not match the expected one (%s, %s)"
              .formatted(version, kind, target.type().apiVersion(), target.type().kind()));
    }
    return object;
  }
}
