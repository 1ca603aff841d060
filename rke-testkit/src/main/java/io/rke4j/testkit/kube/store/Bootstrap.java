package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.resource.ResourceType;
import java.util.List;
import java.util.Map;

/** What an API server writes when it starts on an empty store. */
final class Bootstrap {

  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final List<String> ALL = List.of("*");
  private static final List<String> READ = List.of("get", "list", "watch");

  private final KubeStore store;

  private Bootstrap(KubeStore store) {
    this.store = store;
  }

  static void fill(KubeStore store) {
    new Bootstrap(store).fill();
  }

  private void fill() {
    for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
      create("", "namespaces", "", named(name));
    }
    roles();
    ObjectNode service = named("kubernetes");
    service
        .withObject("/metadata")
        .set("labels", Json.tree(Map.of("component", "apiserver", "provider", "kubernetes")));
    ObjectNode spec = service.putObject("spec").put("clusterIP", "10.43.0.1");
    spec.putArray("ports")
        .addObject()
        .put("name", "https")
        .put("port", 443)
        .put("targetPort", 6443);
    create("", "services", "default", service);
  }

  /** Wider than the real ones where only Kubernetes' own components are meant. */
  private void roles() {
    role("cluster-admin", ALL, ALL, ALL);
    role("admin", ALL, ALL, ALL);
    role("edit", ALL, ALL, ALL);
    role("view", ALL, ALL, READ);
    role("system:node", ALL, ALL, ALL);
    role("system:kube-controller-manager", ALL, ALL, ALL);
    role("system:kube-scheduler", ALL, ALL, ALL);
    role("system:node-proxier", ALL, ALL, ALL);
    ObjectNode own = named("system:basic-user");
    own.putArray("rules")
        .add(
            rule(
                List.of("authorization.k8s.io"),
                List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews"),
                List.of("create")));
    create(GROUP, "clusterroles", "", own);
    ObjectNode discovery = named("system:discovery");
    discovery
        .putArray("rules")
        .addObject()
        .<ObjectNode>set("verbs", Json.tree(List.of("get")))
        .set(
            "nonResourceURLs",
            Json.tree(
                List.of(
                    "/api",
                    "/api/*",
                    "/apis",
                    "/apis/*",
                    "/healthz",
                    "/livez",
                    "/openapi",
                    "/openapi/*",
                    "/readyz",
                    "/version",
                    "/version/")));
    create(GROUP, "clusterroles", "", discovery);
    bind("cluster-admin", "Group", "system:masters");
    bind("system:basic-user", "Group", "system:authenticated");
    bind("system:discovery", "Group", "system:authenticated");
    bind("system:kube-controller-manager", "User", "system:kube-controller-manager");
    bind("system:kube-scheduler", "User", "system:kube-scheduler");
    bind("system:node-proxier", "User", "system:kube-proxy");
  }

  private void role(String name, List<String> groups, List<String> resources, List<String> verbs) {
    ObjectNode role = named(name);
    role.putArray("rules").add(rule(groups, resources, verbs));
    if (name.equals("cluster-admin")) {
      role.withArray("/rules")
          .addObject()
          .<ObjectNode>set("nonResourceURLs", Json.tree(ALL))
          .set("verbs", Json.tree(ALL));
    }
    create(GROUP, "clusterroles", "", role);
  }

  private static ObjectNode rule(List<String> groups, List<String> resources, List<String> verbs) {
    return (ObjectNode)
        Json.tree(Map.of("apiGroups", groups, "resources", resources, "verbs", verbs));
  }

  private void bind(String role, String kind, String subject) {
    ObjectNode binding = named(role);
    binding
        .putObject("roleRef")
        .put("apiGroup", GROUP)
        .put("kind", "ClusterRole")
        .put("name", role);
    binding
        .putArray("subjects")
        .addObject()
        .put("apiGroup", GROUP)
        .put("kind", kind)
        .put("name", subject);
    create(GROUP, "clusterrolebindings", "", binding);
  }

  private static ObjectNode named(String name) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }

  private void create(String group, String plural, String namespace, ObjectNode object) {
    ResourceType type = store.types().get(group, plural);
    store.create(type, namespace, object);
  }
}
