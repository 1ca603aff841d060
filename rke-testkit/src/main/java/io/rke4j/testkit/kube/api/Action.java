package io.rke4j.testkit.kube.api;

/**
 * What somebody wants to do.
 *
 * @param verb for example {@code list}
 * @param group the API group; empty for the core
 * @param resource the resource, with its subresource if there is one: {@code pods/log}
 * @param namespace empty for the cluster
 * @param name empty for a whole collection
 * @param path the path, of what is no resource; else empty
 */
record Action(
    String verb, String group, String resource, String namespace, String name, String path) {

  static Action onPath(String verb, String path) {
    return new Action(verb, "", "", "", "", path);
  }

  /** The refusal in the words of the API server. */
  String refusal(String user) {
    if (!path.isEmpty()) {
      return "User \"%s\" cannot %s path \"%s\"".formatted(user, verb, path);
    }
    String where =
        namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
    return "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
        .formatted(user, verb, resource, group, where);
  }
}
