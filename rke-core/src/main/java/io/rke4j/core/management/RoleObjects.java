package io.rke4j.core.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.builtin.state.KubernetesStateStore;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.SurplusRights;
import io.rke4j.core.kube.WantedObjects.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who may do what with a cluster's account: its owner everything but to read how nodes are logged
 * in to, and the provisioning identity what a run needs. The names are Rancher's where it has such
 * a role.
 */
final class RoleObjects {

  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final List<String> ALL = List.of("*");
  private static final List<String> CHANGE =
      List.of("get", "list", "watch", "create", "update", "patch", "delete");

  private final AccountNames names;
  private final String owner;

  RoleObjects(AccountNames names, String owner) {
    this.names = names;
    this.owner = owner;
  }

  List<Wanted> objects() {
    List<Wanted> objects = new ArrayList<>(provisioner());
    objects.addAll(owners());
    return objects;
  }

  private List<Wanted> provisioner() {
    String home = names.namespace();
    String account = AccountNames.PROVISIONER;
    Map<String, String> subject =
        Map.of("kind", "ServiceAccount", "name", account, "namespace", home);
    ObjectNode serviceAccount = labelled(KubeJson.object("v1", "ServiceAccount", home, account));
    String store = KubernetesStateStore.NAMESPACE;
    String record = names.clusterWide("provisioner");
    List<Map<String, Object>> state =
        List.of(
            rule("", "secrets", List.of(KubernetesStateStore.secret(names.cluster())), CHANGE),
            rule("coordination.k8s.io", "leases", List.of(names.cluster()), CHANGE));
    return List.of(
        new Wanted("/api/v1/namespaces/" + home + "/serviceaccounts", serviceAccount),
        role(home, account, List.of(rule("", "secrets", CHANGE), records("rkenodes"))),
        binding(home, account, account, subject),
        role("", record, List.of(records("rkeclusters", names.cluster()))),
        binding("", record, record, subject),
        role(store, record, state),
        binding(store, record, record, subject));
  }

  private List<Wanted> owners() {
    String home = names.namespace();
    String record = names.clusterWide("clusterowner");
    List<Wanted> objects = new ArrayList<>();
    objects.add(role("", record, List.of(owned("rkeclusters", List.of(names.cluster())))));
    objects.add(
        role(
            home,
            "cluster-owner",
            List.of(
                owned("rkenodes", List.of()),
                rule("", "secrets", List.of(ClusterAccount.KUBECONFIG), List.of("get")))));
    for (String project : projects()) {
      objects.add(role(project, "project-owner", List.of(rule("", "secrets,configmaps", ALL))));
    }
    if (!owner.isEmpty()) {
      Map<String, String> subject = Map.of("kind", "User", "name", owner, "apiGroup", RBAC);
      objects.add(binding("", record, record, subject));
      objects.add(binding(home, "creator-cluster-owner", "cluster-owner", subject));
      for (String project : projects()) {
        objects.add(binding(project, "creator-project-owner", "project-owner", subject));
      }
    }
    return objects;
  }

  private List<String> projects() {
    return List.of(names.defaultProject(), names.systemProject());
  }

  private static Map<String, Object> records(String resource, String... only) {
    return rule(Definitions.GROUP, resource + "," + resource + "/status", List.of(only), CHANGE);
  }

  private static Map<String, Object> owned(String resource, List<String> only) {
    return rule(Definitions.GROUP, resource, only, ALL);
  }

  private static Map<String, Object> rule(String group, String resources, List<String> verbs) {
    return rule(group, resources, List.of(), verbs);
  }

  private static Map<String, Object> rule(
      String group, String resources, List<String> only, List<String> verbs) {
    List<String> kinds = List.of(resources.split(",", -1));
    return only.isEmpty()
        ? Map.of("apiGroups", List.of(group), "resources", kinds, "verbs", verbs)
        : Map.of(
            "apiGroups", List.of(group), "resources", kinds, "resourceNames", only, "verbs", verbs);
  }

  private Wanted role(String namespace, String name, List<Map<String, Object>> rules) {
    String kind = namespace.isEmpty() ? "ClusterRole" : "Role";
    ObjectNode role = labelled(KubeJson.object(RBAC + "/v1", kind, namespace, name));
    role.set("rules", KubeJson.tree(rules));
    return new Wanted(collection(namespace, namespace.isEmpty() ? "clusterroles" : "roles"), role);
  }

  private Wanted binding(String namespace, String name, String role, Map<String, String> subject) {
    String kind = namespace.isEmpty() ? "ClusterRole" : "Role";
    ObjectNode binding = labelled(KubeJson.object(RBAC + "/v1", kind + "Binding", namespace, name));
    binding.withObject("/metadata/labels").put(SurplusRights.OWNER, names.cluster());
    binding.putObject("roleRef").put("apiGroup", RBAC).put("kind", kind).put("name", role);
    binding.putArray("subjects").add(KubeJson.tree(subject));
    String plural = namespace.isEmpty() ? "clusterrolebindings" : "rolebindings";
    return new Wanted(collection(namespace, plural), binding);
  }

  private ObjectNode labelled(ObjectNode object) {
    object.withObject("/metadata/labels").put(AccountNames.CLUSTER_LABEL, names.cluster());
    return object;
  }

  private static String collection(String namespace, String plural) {
    return "/apis/"
        + RBAC
        + "/v1/"
        + (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/")
        + plural;
  }
}
