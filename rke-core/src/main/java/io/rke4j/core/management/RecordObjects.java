package io.rke4j.core.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Taint;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.WantedObjects.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The records of a cluster and its nodes. They hold no secret. */
final class RecordObjects {

  private final AccountNames names;
  private final String owner;

  RecordObjects(AccountNames names, String owner) {
    this.names = names;
    this.owner = owner;
  }

  List<Wanted> objects(Resolved cluster) {
    List<Wanted> objects = new ArrayList<>();
    objects.add(cluster(cluster));
    cluster.nodes().forEach(node -> objects.add(node(node)));
    return objects;
  }

  /** The cluster's record by its name alone. */
  static Wanted named(AccountNames names) {
    ObjectNode record = KubeJson.object(Definitions.API_VERSION, "RkeCluster", "", names.cluster());
    return new Wanted(Definitions.CLUSTERS, labelled(record, names));
  }

  private Wanted cluster(Resolved cluster) {
    Wanted record = named(names);
    ObjectNode spec = record.object().putObject("spec");
    spec.put("kubernetesVersion", cluster.spec().version().toString());
    spec.put("networkPlugin", cluster.spec().network().plugin().name().toLowerCase(Locale.ROOT));
    spec.put("owner", owner);
    ClusterNode first = cluster.nodesWith(Role.CONTROL_PLANE).get(0);
    spec.put("endpoint", first.isLocated() ? "https://" + first.address() + ":6443" : "");
    spec.set(
        "nodes", KubeJson.tree(cluster.nodes().stream().map(node -> node.name().value()).toList()));
    return record;
  }

  private Wanted node(ClusterNode node) {
    ObjectNode record =
        KubeJson.object(Definitions.API_VERSION, "RkeNode", names.namespace(), node.name().value());
    ObjectNode spec = labelled(record, names).putObject("spec");
    spec.put("cluster", names.cluster());
    spec.put("address", node.isLocated() ? node.address() : "");
    spec.put("internalAddress", node.isLocated() ? node.internalAddress() : "");
    spec.set("roles", KubeJson.tree(roles(node)));
    spec.set("labels", KubeJson.tree(node.spec().labels()));
    spec.set("taints", KubeJson.tree(node.spec().taints().stream().map(Taint::toString).toList()));
    return new Wanted(Definitions.nodes(names.namespace()), record);
  }

  static List<String> roles(ClusterNode node) {
    return node.spec().roles().stream()
        .map(role -> role.name().toLowerCase(Locale.ROOT).replace("_", ""))
        .sorted()
        .toList();
  }

  private static ObjectNode labelled(ObjectNode object, AccountNames names) {
    object.withObject("/metadata/labels").put(AccountNames.CLUSTER_LABEL, names.cluster());
    return object;
  }
}
