package io.rke4j.testkit.kube.api;

import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.resource.ServedTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The collection or object at a path.
 *
 * @param type the resource
 * @param namespace empty for all namespaces, or none
 * @param name empty for the whole collection
 * @param subresource for example {@code status}; empty for the object itself
 */
record Target(ResourceType type, String namespace, String name, String subresource) {

  private static final List<String> OF_NAMESPACES = List.of("status", "finalize");

  /** What is at a path, if that is a resource that is served. */
  static Optional<Target> parse(String path, ServedTypes types) {
    List<String> parts = Arrays.stream(path.split("/", -1)).filter(one -> !one.isEmpty()).toList();
    if (parts.size() >= 3 && parts.get(0).equals("api")) {
      return resolve("", parts.get(1), parts.subList(2, parts.size()), types);
    }
    if (parts.size() >= 4 && parts.get(0).equals("apis")) {
      return resolve(parts.get(1), parts.get(2), parts.subList(3, parts.size()), types);
    }
    return Optional.empty();
  }

  private static Optional<Target> resolve(
      String group, String version, List<String> parts, ServedTypes types) {
    boolean inNamespace =
        parts.get(0).equals("namespaces")
            && parts.size() >= 3
            && !(group.isEmpty() && OF_NAMESPACES.contains(parts.get(2)));
    String namespace = inNamespace ? parts.get(1) : "";
    List<String> rest = inNamespace ? parts.subList(2, parts.size()) : parts;
    return types
        .find(group, version, rest.get(0))
        .filter(type -> !inNamespace || type.namespaced())
        .map(
            type ->
                new Target(
                    type,
                    namespace,
                    rest.size() > 1 ? rest.get(1) : "",
                    rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : ""))
        .filter(target -> target.isServed());
  }

  private boolean isServed() {
    String first = subresource.contains("/") ? subresource.split("/", 2)[0] : subresource;
    boolean isComplete = !type.namespaced() || name.isEmpty() || !namespace.isEmpty();
    return isComplete && (first.isEmpty() || type.subresources().contains(first));
  }

  /** What a request does with it. */
  Action action(ApiRequest request) {
    String resource = subresource.isEmpty() ? type.plural() : type.plural() + "/" + subresource;
    return new Action(verb(request), type.group(), resource, namespace, name, "");
  }

  String verb(ApiRequest request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> request.flag("watch") ? "watch" : name.isEmpty() ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      default -> request.method();
    };
  }
}
