package io.rke4j.core.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.builtin.state.KubernetesStateStore;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.SurplusRights;
import io.rke4j.core.kube.WantedObjects;
import io.rke4j.core.kube.WantedObjects.Wanted;
import io.rke4j.spi.Observation;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.NodeInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is kept of one cluster in the management cluster. Thread-safe. */
public final class ClusterAccount {

  /** The Secret with the administrator's kubeconfig of the cluster that was built. */
  public static final String KUBECONFIG = "kubeconfig";

  private static final String NAMESPACES = "/api/v1/namespaces";

  private final KubeClient client;
  private final AccountNames names;
  private final String owner;

  ClusterAccount(KubeClient client, AccountNames names, String owner) {
    this.client = client;
    this.names = names;
    this.owner = owner;
  }

  /** The definitions of our records. */
  public WantedObjects definitions() {
    return new WantedObjects(client, Definitions.objects());
  }

  /** Whether the API server serves the records. */
  public Observation definitionsServed() {
    for (Wanted definition : Definitions.objects()) {
      Optional<ObjectNode> seen = client.find(definition.path());
      boolean isServed =
          seen.stream()
              .flatMap(object -> KubeJson.elements(object.at("/status/conditions")))
              .anyMatch(
                  condition ->
                      condition.path("type").asText().equals("Established")
                          && condition.path("status").asText().equals("True"));
      if (!isServed) {
        return Observation.notYet(definition.words() + " is not established");
      }
    }
    return Observation.done();
  }

  /**
   * The namespaces: the cluster's, that of its Default and of its System project, and that of all
   * states.
   *
   * @throws ProviderException if one of them is there and is somebody else's
   */
  public WantedObjects namespaces() {
    List<Wanted> wanted = new ArrayList<>();
    wanted.add(
        new Wanted(
            NAMESPACES, KubeJson.object("v1", "Namespace", "", KubernetesStateStore.NAMESPACE)));
    wanted.add(namespace(names.namespace(), ""));
    wanted.add(namespace(names.defaultProject(), "default"));
    wanted.add(namespace(names.systemProject(), "system"));
    wanted.stream().skip(1).forEach(this::refuseForeign);
    return new WantedObjects(client, wanted);
  }

  private Wanted namespace(String name, String project) {
    ObjectNode namespace = KubeJson.object("v1", "Namespace", "", name);
    ObjectNode labels = namespace.withObject("/metadata/labels");
    labels.put(AccountNames.CLUSTER_LABEL, names.cluster());
    if (!project.isEmpty()) {
      labels.put("rke4j.io/project", project);
    }
    return new Wanted(NAMESPACES, namespace);
  }

  private void refuseForeign(Wanted namespace) {
    if (client.find(namespace.path()).filter(seen -> !isOurs(seen)).isPresent()) {
      throw ProviderException.permanentFailure(
          namespace.words()
              + " of the management cluster is not that of cluster '"
              + names.cluster()
              + "': it has no label "
              + AccountNames.CLUSTER_LABEL
              + " of that value",
          "Rename the cluster, or label the namespace if it may be used, and deleted with the"
              + " cluster",
          null);
    }
  }

  /** A namespace that was deleted lingers until all that is in it is gone. */
  private boolean isOursAndStays(JsonNode object) {
    return isOurs(object) && object.at("/metadata/deletionTimestamp").isMissingNode();
  }

  private boolean isOurs(JsonNode object) {
    return object
        .path("metadata")
        .path("labels")
        .path(AccountNames.CLUSTER_LABEL)
        .asText("")
        .equals(names.cluster());
  }

  /** The provisioning identity, and roles and bindings for it and the owner. */
  public WantedObjects roles() {
    return new WantedObjects(client, new RoleObjects(names, owner).objects());
  }

  /** Bindings of the cluster that are there more than once. */
  public SurplusRights surplus() {
    return SurplusRights.of(client, names.cluster());
  }

  /** The records of the cluster and its nodes. */
  public WantedObjects records(Resolved cluster) {
    return new WantedObjects(client, new RecordObjects(names, owner).objects(cluster));
  }

  /**
   * How each node is reached and logged in to, as Secrets.
   *
   * @param inventory knows the machines
   */
  public WantedObjects nodeConfigs(Resolved cluster, NodeInventory inventory) {
    return new WantedObjects(client, new NodeConfigs(names).objects(cluster, inventory));
  }

  /** How the cluster that was built is reached as administrator, as a Secret. */
  public WantedObjects access(Secret kubeconfig) {
    return new WantedObjects(
        client, List.of(new NodeConfigs(names).secret(KUBECONFIG, "value", kubeconfig.reveal())));
  }

  /** What of the cluster is there, in words; empty if nothing is. Read-only. */
  public List<String> traces() {
    return goers().stream()
        .filter(one -> client.find(one.path()).filter(this::isOursAndStays).isPresent())
        .map(Wanted::words)
        .toList();
  }

  /**
   * Takes away what is there of the cluster but for its state. Namespaces go in the background,
   * with all that is in them.
   */
  public void remove() {
    for (Wanted one : goers()) {
      if (client.find(one.path()).filter(this::isOursAndStays).isPresent()) {
        client.delete(one.path());
      }
    }
  }

  /** What does not go with a namespace, and the namespaces. */
  private List<Wanted> goers() {
    List<Wanted> goers = new ArrayList<>();
    goers.add(RecordObjects.named(names));
    // All names are known without the owner's; bindings to nobody in particular have the same ones.
    new RoleObjects(names, "anybody")
        .objects().stream().filter(ClusterAccount::outlivesNamespaces).forEach(goers::add);
    for (String namespace :
        List.of(names.defaultProject(), names.systemProject(), names.namespace())) {
      goers.add(namespace(namespace, ""));
    }
    return goers;
  }

  private static boolean outlivesNamespaces(Wanted one) {
    return !one.collection().contains("/namespaces/")
        || one.collection().contains("/" + KubernetesStateStore.NAMESPACE + "/");
  }

  boolean hasOwner() {
    return !owner.isEmpty();
  }

  /** Where the conditions of the cluster and its nodes are written. */
  StatusPatches statuses() {
    return new StatusPatches(client, names);
  }
}
