package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;

/** Answers questions about who somebody is and what they may do. Nothing of it is stored. */
final class AccessReviews {

  private final Authorization authorization;

  AccessReviews(Authorization authorization) {
    this.authorization = authorization;
  }

  static boolean concerns(Target target) {
    return target.type().group().equals("authorization.k8s.io")
        || target.type().group().equals("authentication.k8s.io");
  }

  Answer answer(Target target, ApiRequest request, Caller caller) {
    ObjectNode review = request.object().deepCopy();
    review.put("kind", target.type().kind()).put("apiVersion", target.type().apiVersion());
    JsonNode spec = review.path("spec");
    ObjectNode status = review.putObject("status");
    switch (target.type().kind()) {
      case "SelfSubjectAccessReview" -> decide(status, caller, action(spec));
      case "SubjectAccessReview", "LocalSubjectAccessReview" ->
          decide(
              status,
              new Caller(spec.path("user").asText(), Json.texts(spec.path("groups"))),
              action(spec));
      case "SelfSubjectRulesReview" -> rules(status, caller);
      default -> status.put("authenticated", false).put("error", "not modelled");
    }
    return Answer.json(201, review);
  }

  private void decide(ObjectNode status, Caller caller, Action action) {
    boolean isAllowed = authorization.allows(caller, action);
    status.put("allowed", isAllowed);
    if (!isAllowed) {
      status.put("reason", action.refusal(caller.name()));
    }
  }

  private static Action action(JsonNode spec) {
    JsonNode path = spec.path("nonResourceAttributes");
    if (path.isObject()) {
      return Action.onPath(path.path("verb").asText(), path.path("path").asText());
    }
    JsonNode asked = spec.path("resourceAttributes");
    String subresource = asked.path("subresource").asText("");
    String resource = asked.path("resource").asText();
    return new Action(
        asked.path("verb").asText(),
        asked.path("group").asText(""),
        subresource.isEmpty() ? resource : resource + "/" + subresource,
        asked.path("namespace").asText(""),
        asked.path("name").asText(""),
        "");
  }

  private static void rules(ObjectNode status, Caller caller) {
    if (caller.isMaster()) {
      ObjectNode rule = status.putArray("resourceRules").addObject();
      for (String field : new String[] {"apiGroups", "resources", "verbs"}) {
        rule.putArray(field).add("*");
      }
    } else {
      status.putArray("resourceRules");
    }
    status.putArray("nonResourceRules");
    status.put("incomplete", !caller.isMaster());
  }
}
