package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.core.kube.WantedObjects.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rights that a new cluster needs: deploy Jobs act as administrator, kubelets as nodes, and the
 * API server may ask kubelets for logs and metrics.
 */
final class AuthorizationObjects {

  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String GROUP = "rbac.authorization.k8s.io";

  private AuthorizationObjects() {}

  static WantedObjects of(
      KubeClient client, AuthorizationMode mode, boolean podSecurityPolicy, boolean deployer) {
    List<Wanted> wanted = new ArrayList<>(deployer ? deployer() : List.of());
    if (mode == AuthorizationMode.RBAC) {
      wanted.addAll(withRbac());
    }
    if (podSecurityPolicy) {
      wanted.add(PodSecurityObjects.policy());
      wanted.addAll(PodSecurityObjects.grant("kube-system"));
    }
    return new WantedObjects(client, wanted);
  }

  /** Lets the pods of one namespace do whatever the default policy allows. */
  static WantedObjects granting(KubeClient client, String namespace) {
    return new WantedObjects(client, PodSecurityObjects.grant(namespace));
  }

  /** Lets deploy Jobs act as administrator. */
  static WantedObjects deployer(KubeClient client) {
    return new WantedObjects(client, deployer());
  }

  private static List<Wanted> deployer() {
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
    List<Wanted> objects = new ArrayList<>();
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
}
