package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether somebody may do something, by the roles and bindings in the store. */
final class Authorization {

  private static final String GROUP = "rbac.authorization.k8s.io";

  private final KubeStore store;
  private final boolean asksRoles;

  /**
   * The rules of a cluster.
   *
   * @param asksRoles false lets everybody who is known do everything, as RKE's mode {@code none}
   */
  Authorization(KubeStore store, boolean asksRoles) {
    this.store = store;
    this.asksRoles = asksRoles;
  }

  boolean allows(Caller caller, Action action) {
    return !asksRoles
        || caller.isMaster()
        || isNode(caller)
        || bound("clusterrolebindings", "", caller, action)
        || (!action.namespace().isEmpty()
            && bound("rolebindings", action.namespace(), caller, action));
  }

  /** The node authorizer; which objects exactly a node may see is not modelled. */
  private static boolean isNode(Caller caller) {
    return caller.name().startsWith("system:node:") && caller.groups().contains("system:nodes");
  }

  private boolean bound(String plural, String namespace, Caller caller, Action action) {
    List<ObjectNode> bindings =
        store.select(
            store.types().get(GROUP, plural),
            namespace,
            binding -> Json.elements(binding.path("subjects")).anyMatch(s -> is(caller, s)));
    return bindings.stream().flatMap(this::rules).anyMatch(rule -> covers(rule, action));
  }

  private static boolean is(Caller caller, JsonNode subject) {
    String name = subject.path("name").asText();
    return switch (subject.path("kind").asText()) {
      case "User" -> caller.name().equals(name);
      case "Group" -> caller.groups().contains(name);
      case "ServiceAccount" ->
          caller
              .name()
              .equals("system:serviceaccount:" + subject.path("namespace").asText() + ":" + name);
      default -> false;
    };
  }

  private Stream<JsonNode> rules(JsonNode binding) {
    JsonNode reference = binding.path("roleRef");
    boolean isWide = reference.path("kind").asText().equals("ClusterRole");
    String namespace = isWide ? "" : Meta.namespace(binding);
    Optional<ObjectNode> role =
        store.find(
            store.types().get(GROUP, isWide ? "clusterroles" : "roles"),
            namespace,
            reference.path("name").asText());
    return role.stream().flatMap(found -> Json.elements(found.path("rules")));
  }

  private static boolean covers(JsonNode rule, Action action) {
    if (!has(rule, "verbs", action.verb())) {
      return false;
    }
    if (!action.path().isEmpty()) {
      return Json.texts(rule.path("nonResourceURLs")).stream()
          .anyMatch(
              url ->
                  url.equals(action.path())
                      || (url.endsWith("*")
                          && action.path().startsWith(url.substring(0, url.length() - 1))));
    }
    JsonNode names = rule.path("resourceNames");
    return has(rule, "apiGroups", action.group())
        && has(rule, "resources", action.resource())
        && (names.isEmpty() || Json.texts(names).contains(action.name()));
  }

  private static boolean has(JsonNode rule, String field, String value) {
    List<String> allowed = Json.texts(rule.path(field));
    return allowed.contains("*") || allowed.contains(value);
  }
}
