package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rights that provisioning has left and nobody needs: bindings that say the same as an older one of
 * the same owner (Rancher before 2.5.8 makes such), and accounts that only provisioning used.
 */
public final class SurplusRights {

  /** The label of Rancher's bindings that follow from one of its own. */
  public static final String RANCHER_OWNER = "authz.cluster.cattle.io/rtb-owner";

  /** The label of bindings that are ours. */
  public static final String OWNER = "rke4j.io/binding-owner";

  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String ACCOUNTS = "/api/v1/namespaces/%s/serviceaccounts/%s";

  /** The account of Rancher before 2.2; 2.2 and later delete it after every change of a cluster. */
  private static final List<Right> LEGACY =
      List.of(
          new Right(
              "ClusterRoleBinding netes-default-clusterRoleBinding",
              RBAC + "clusterrolebindings/netes-default-clusterRoleBinding"),
          new Right(
              "ServiceAccount default/netes-default",
              ACCOUNTS.formatted("default", "netes-default")));

  private static final List<Right> DEPLOYER =
      List.of(
          new Right("ClusterRoleBinding job-deployer", RBAC + "clusterrolebindings/job-deployer"),
          new Right(
              "ServiceAccount kube-system/rke-job-deployer",
              ACCOUNTS.formatted("kube-system", "rke-job-deployer")));

  private final KubeClient client;
  private final Map<String, String> owners;
  private final List<Right> accounts;

  private SurplusRights(KubeClient client, Map<String, String> owners, List<Right> accounts) {
    this.client = client;
    this.owners = owners;
    this.accounts = accounts;
  }

  /** A right, and where it is. */
  private record Right(String words, String path) {}

  /** Those in a cluster that was built: duplicates, and the account of old Ranchers. */
  static SurplusRights provisioning(KubeClient client) {
    return new SurplusRights(client, Map.of(RANCHER_OWNER, "", OWNER, ""), LEGACY);
  }

  /** The account that deploy Jobs act with, which may do everything. */
  static SurplusRights deployer(KubeClient client) {
    return new SurplusRights(client, Map.of(), DEPLOYER);
  }

  /** Duplicates among the bindings of one owner of ours. */
  public static SurplusRights of(KubeClient client, String owner) {
    return new SurplusRights(client, Map.of(OWNER, owner), List.of());
  }

  /** What there is to remove, in words; empty if nothing is. Read-only. */
  public List<String> words() {
    return found().stream().map(Right::words).toList();
  }

  /** Removes it, and says what it was. */
  public List<String> remove() {
    List<Right> found = found();
    found.forEach(right -> client.delete(right.path()));
    return found.stream().map(Right::words).toList();
  }

  private List<Right> found() {
    List<Right> found = new ArrayList<>();
    if (!owners.isEmpty()) {
      found.addAll(duplicates("ClusterRoleBinding", "clusterrolebindings"));
      found.addAll(duplicates("RoleBinding", "rolebindings"));
    }
    accounts.stream().filter(one -> client.find(one.path()).isPresent()).forEach(found::add);
    return found;
  }

  private List<Right> duplicates(String kind, String plural) {
    Set<List<Object>> seen = new HashSet<>();
    return client.list(RBAC + plural).stream()
        .sorted(
            Comparator.comparing((JsonNode one) -> one.at("/metadata/creationTimestamp").asText())
                .thenComparing(one -> one.at("/metadata/name").asText()))
        // With more than one subject it is nobody's duplicate: we cannot know what it is for.
        .filter(one -> one.path("subjects").size() == 1)
        .flatMap(one -> owner(one).map(owner -> new Owned(one, owner)))
        .filter(one -> !seen.add(one.meaning()))
        .map(one -> right(kind, plural, one.binding()))
        .toList();
  }

  private Stream<String> owner(JsonNode binding) {
    JsonNode labels = binding.path("metadata").path("labels");
    return owners.entrySet().stream()
        .filter(owner -> labels.has(owner.getKey()))
        .filter(
            owner ->
                owner.getValue().isEmpty()
                    || labels.path(owner.getKey()).asText().equals(owner.getValue()))
        .map(owner -> owner.getKey() + "=" + labels.path(owner.getKey()).asText())
        .sorted()
        .limit(1);
  }

  /** A binding and the label that says whose it is. */
  private record Owned(JsonNode binding, String owner) {

    List<Object> meaning() {
      return List.of(
          binding.at("/metadata/namespace").asText(""),
          binding.path("roleRef"),
          binding.path("subjects"),
          owner);
    }
  }

  private static Right right(String kind, String plural, JsonNode binding) {
    String namespace = binding.at("/metadata/namespace").asText("");
    String name = binding.at("/metadata/name").asText();
    return namespace.isEmpty()
        ? new Right(kind + " " + name, RBAC + plural + "/" + name)
        : new Right(
            kind + " " + namespace + "/" + name,
            RBAC + "namespaces/" + namespace + "/" + plural + "/" + name);
  }
}
