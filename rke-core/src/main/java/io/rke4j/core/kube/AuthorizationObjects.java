package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.spi.addon.KubeApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rights that a new cluster needs: deploy Jobs act as administrator, kubelets as nodes, and the
 * API server may ask kubelets for logs and metrics. Thread-safe.
 */
public final class AuthorizationObjects {

  private static final int ATTEMPTS = 5;
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String GROUP = "rbac.authorization.k8s.io";

  private final KubeClient client;
  private final List<Wanted> wanted;

  private AuthorizationObjects(KubeClient client, List<Wanted> wanted) {
    this.client = client;
    this.wanted = wanted;
  }

  static AuthorizationObjects of(
      KubeClient client, AuthorizationMode mode, boolean podSecurityPolicy) {
    List<Wanted> wanted = new ArrayList<>(mode == AuthorizationMode.RBAC ? withRbac() : always());
    if (podSecurityPolicy) {
      wanted.add(PodSecurityObjects.policy());
      wanted.addAll(PodSecurityObjects.grant("kube-system"));
    }
    return new AuthorizationObjects(client, List.copyOf(wanted));
  }

  /** Lets the pods of one namespace do whatever the default policy allows. */
  static AuthorizationObjects granting(KubeClient client, String namespace) {
    return new AuthorizationObjects(client, PodSecurityObjects.grant(namespace));
  }

  /** What is missing or different, in words; empty if all is there. Read-only. */
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    for (Wanted one : wanted) {
      Optional<ObjectNode> observed = client.find(one.path());
      if (observed.isEmpty()) {
        differences.add(one.words() + " is missing");
      } else if (!KubeJson.holds(observed.get(), one.object())) {
        differences.add(one.words() + " is different");
      }
    }
    return differences;
  }

  /** Creates what is missing and corrects what is different. */
  public void apply() {
    wanted.forEach(this::apply);
  }

  private void apply(Wanted one) {
    for (int attempt = 1; ; attempt++) {
      try {
        write(one);
        return;
      } catch (KubeApiException e) {
        // Somebody else, perhaps the API server at its own start, wrote the object meanwhile.
        if (e.status() != 409 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void write(Wanted one) {
    Optional<ObjectNode> observed = client.find(one.path());
    if (observed.isEmpty()) {
      client.create(one.collection(), one.object());
    } else if (!KubeJson.holds(observed.get().path("roleRef"), one.object().path("roleRef"))) {
      // Kubernetes lets nobody change which role a binding gives.
      client.delete(one.path());
      client.create(one.collection(), one.object());
    } else if (!KubeJson.holds(observed.get(), one.object())) {
      KubeJson.overlay(observed.get(), one.object());
      client.replace(one.path(), observed.get());
    }
  }

  private static List<Wanted> always() {
    return List.of(
        binding(
            "job-deployer",
            "cluster-admin",
            Map.of(
                "kind", "ServiceAccount", "name", "rke-job-deployer", "namespace", "kube-system")),
        new Wanted(
            "/api/v1/namespaces/kube-system/serviceaccounts",
            KubeJson.object("v1", "ServiceAccount", "kube-system", "rke-job-deployer")));
  }

  private static List<Wanted> withRbac() {
    List<Wanted> objects = new ArrayList<>(always());
    objects.add(nodeBinding());
    objects.add(kubeletRole());
    objects.add(
        binding(
            "proxy-role-binding-kubernetes-master",
            "proxy-clusterrole-kubeapiserver",
            Map.of("kind", "User", "name", "kube-apiserver", "apiGroup", GROUP)));
    return List.copyOf(objects);
  }

  private static Wanted nodeBinding() {
    Wanted binding =
        binding(
            "system:node",
            "system:node",
            Map.of("kind", "Group", "name", "system:nodes", "apiGroup", GROUP));
    ObjectNode metadata = binding.object().withObject("/metadata");
    // The API server resets its own bindings at every start unless told not to.
    metadata.putObject("annotations").put("rbac.authorization.kubernetes.io/autoupdate", "false");
    metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
    return binding;
  }

  private static Wanted kubeletRole() {
    ObjectNode role =
        KubeJson.object(GROUP + "/v1", "ClusterRole", "", "proxy-clusterrole-kubeapiserver");
    JsonNode rule =
        KubeJson.tree(
            Map.of(
                "apiGroups",
                List.of(""),
                "resources",
                List.of("nodes/metrics", "nodes/proxy", "nodes/stats", "nodes/log", "nodes/spec"),
                "verbs",
                List.of("get", "list", "watch", "create")));
    role.putArray("rules").add(rule);
    return new Wanted(RBAC + "clusterroles", role);
  }

  private static Wanted binding(String name, String role, Map<String, String> subject) {
    ObjectNode binding = KubeJson.object(GROUP + "/v1", "ClusterRoleBinding", "", name);
    binding
        .putObject("roleRef")
        .put("apiGroup", GROUP)
        .put("kind", "ClusterRole")
        .put("name", role);
    binding.putArray("subjects").add(KubeJson.tree(subject));
    return new Wanted(RBAC + "clusterrolebindings", binding);
  }

  /** An object and the collection that it belongs to. */
  record Wanted(String collection, ObjectNode object) {

    String path() {
      return collection + "/" + object.at("/metadata/name").asText();
    }

    String words() {
      return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }
  }
}
