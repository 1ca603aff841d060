package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.resource.Release;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.resource.ServedTypes;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Tells clients what is served: versions, groups and resources. */
final class Discovery {

  private static final List<String> ALL_VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  // What is only ever created: questions to the server, not objects.
  private static final List<String> QUESTIONS =
      List.of("authentication.k8s.io", "authorization.k8s.io");

  private static final Map<String, List<String>> SUBRESOURCE_VERBS =
      Map.of(
          "log", List.of("get"),
          "binding", List.of("create"),
          "eviction", List.of("create"),
          "token", List.of("create"),
          "finalize", List.of("update"),
          "proxy", List.of("get"));

  private final KubeStore store;
  private final Release release;

  Discovery(KubeStore store, Release release) {
    this.store = store;
    this.release = release;
  }

  /** What there is at a path; empty if it is none of discovery. */
  Optional<JsonNode> at(String path) {
    String[] parts = path.substring(1).split("/", -1);
    return switch (parts[0]) {
      case "version" -> Optional.of(version());
      case "api" -> parts.length == 1 ? Optional.of(core()) : resources("", parts, 1);
      case "apis" ->
          switch (parts.length) {
            case 1 -> Optional.of(groups());
            case 2 -> group(parts[1]);
            default -> resources(parts[1], parts, 2);
          };
      default -> Optional.empty();
    };
  }

  private JsonNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", Integer.toString(release.minor()))
        .put("gitVersion", release.version())
        .put("gitCommit", "0000000000000000000000000000000000000000")
        .put("gitTreeState", "clean")
        .put("buildDate", "2021-01-01T00:00:00Z")
        .put("goVersion", "go1.15.15")
        .put("compiler", "gc")
        .put("platform", "linux/amd64");
  }

  private static JsonNode core() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private JsonNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    store.types().groups().forEach(name -> groups.add(describe(name)));
    return list;
  }

  private Optional<JsonNode> group(String name) {
    if (!store.types().groups().contains(name)) {
      return Optional.empty();
    }
    ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
    return Optional.of(group.setAll(describe(name)));
  }

  private ObjectNode describe(String name) {
    ObjectNode group = Json.object().put("name", name);
    ArrayNode versions = group.putArray("versions");
    for (String version : store.types().versions(name)) {
      versions.addObject().put("groupVersion", name + "/" + version).put("version", version);
    }
    group.set("preferredVersion", versions.get(0).deepCopy());
    return group;
  }

  private Optional<JsonNode> resources(String group, String[] parts, int at) {
    ServedTypes types = store.types();
    List<ResourceType> found = parts.length == at + 1 ? types.in(group, parts[at]) : List.of();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", found.get(0).apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : found) {
      resources.add(describe(type));
      new TreeSet<>(type.subresources()).forEach(name -> resources.add(describe(type, name)));
    }
    return Optional.of(list);
  }

  private static ObjectNode describe(ResourceType type) {
    boolean isQuestion = QUESTIONS.contains(type.group()) || type.kind().equals("Binding");
    ObjectNode resource =
        Json.object()
            .put("name", type.plural())
            .put("singularName", type.names().singular())
            .put("namespaced", type.namespaced())
            .put("kind", type.kind());
    resource.set("verbs", Json.tree(isQuestion ? List.of("create") : ALL_VERBS));
    if (!type.names().shortNames().isEmpty()) {
      resource.set("shortNames", Json.tree(type.names().shortNames()));
    }
    if (!type.names().categories().isEmpty()) {
      resource.set("categories", Json.tree(type.names().categories()));
    }
    return resource;
  }

  private static ObjectNode describe(ResourceType type, String subresource) {
    ObjectNode resource =
        Json.object()
            .put("name", type.plural() + "/" + subresource)
            .put("singularName", "")
            .put("namespaced", type.namespaced());
    switch (subresource) {
      case "scale" ->
          resource.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
      case "eviction" ->
          resource.put("group", "policy").put("version", "v1beta1").put("kind", "Eviction");
      case "token" ->
          resource
              .put("group", "authentication.k8s.io")
              .put("version", "v1")
              .put("kind", "TokenRequest");
      default -> resource.put("kind", type.kind());
    }
    List<String> verbs =
        SUBRESOURCE_VERBS.getOrDefault(subresource, List.of("get", "patch", "update"));
    resource.set("verbs", Json.tree(verbs));
    return resource;
  }
}
