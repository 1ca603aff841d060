package io.rke4j.core.state;

import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is remembered of a cluster from one run to the next. It holds the cluster's keys, but prints
 * none.
 *
 * @param cluster the cluster's name
 * @param version the Kubernetes version that the last run brought
 * @param nodes the nodes that runs have brought or have begun to bring, and not taken away
 * @param certificates keys and certificates
 * @param addons the names of what was deployed, or may have been by a run that has not ended
 * @param created when the cluster was first remembered
 * @param updated when it was last
 * @param established whether a run has ever brought the cluster to its end; until then the nodes
 *     are those that are about to come
 * @param encryption how Secrets are encrypted in etcd
 */
public record ClusterRecord(
    String cluster,
    KubernetesVersion version,
    List<NodeRecord> nodes,
    CertificateBundle certificates,
    Set<String> addons,
    Instant created,
    Instant updated,
    boolean established,
    EncryptionRecord encryption) {

  /** Copies the collections. */
  public ClusterRecord {
    nodes = List.copyOf(nodes);
    addons = Collections.unmodifiableSet(new TreeSet<>(addons));
  }

  /**
   * The first record of a cluster: its keys, before anything is on a host. Version and nodes are
   * those that are about to come.
   *
   * @param addons those that are about to be deployed
   */
  public static ClusterRecord first(
      Resolved cluster, CertificateBundle keys, Set<String> addons, Instant now) {
    return new ClusterRecord(
        cluster.spec().name(),
        cluster.spec().version(),
        nodes(cluster.nodes()),
        keys,
        addons,
        now,
        now,
        false,
        EncryptionRecord.NONE);
  }

  /** The same cluster with other keys and certificates. */
  public ClusterRecord withCertificates(CertificateBundle changed, Instant now) {
    return new ClusterRecord(
        cluster, version, nodes, changed, addons, created, now, established, encryption);
  }

  /** The same cluster with Secrets encrypted otherwise. */
  public ClusterRecord withEncryption(EncryptionRecord changed, Instant now) {
    return new ClusterRecord(
        cluster, version, nodes, certificates, addons, created, now, established, changed);
  }

  /** The same cluster; one that has never come to its end now begins to be of these nodes. */
  ClusterRecord begun(Resolved wanted) {
    return established
        ? this
        : expecting(wanted, addons, updated)
            .withStanding(
                wanted.nodes().stream().map(ClusterNode::name).collect(Collectors.toSet()),
                NodeRecord.Standing.MEMBER,
                updated);
  }

  /** The same cluster with other nodes. */
  ClusterRecord withNodes(List<NodeRecord> changed) {
    return new ClusterRecord(
        cluster, version, changed, certificates, addons, created, updated, established, encryption);
  }

  /** The same cluster with another standing of some nodes. */
  public ClusterRecord withStanding(
      Set<NodeName> changed, NodeRecord.Standing standing, Instant now) {
    List<NodeRecord> all =
        nodes.stream()
            .map(node -> changed.contains(node.name()) ? node.with(standing) : node)
            .toList();
    return new ClusterRecord(
        cluster, version, all, certificates, addons, created, now, established, encryption);
  }

  /**
   * The same cluster while a run is about to bring what is wanted. What it may leave behind if it
   * ends early is there already, and what it may not have taken away still is.
   *
   * @param deploying the addons that it is about to deploy
   */
  public ClusterRecord expecting(Resolved wanted, Set<String> deploying, Instant now) {
    Map<NodeName, NodeRecord> all = new LinkedHashMap<>();
    nodes.forEach(node -> all.put(node.name(), node));
    for (ClusterNode node : wanted.nodes()) {
      NodeRecord known = all.get(node.name());
      all.put(
          node.name(),
          known == null
              ? NodeRecord.of(node).with(NodeRecord.Standing.COMING)
              : known.expecting(node));
    }
    Set<String> allAddons = new TreeSet<>(addons);
    allAddons.addAll(deploying);
    return new ClusterRecord(
        cluster,
        version,
        List.copyOf(all.values()),
        certificates,
        allAddons,
        created,
        now,
        established,
        encryption);
  }

  /** The same cluster once a run has brought it to what was wanted. */
  public ClusterRecord reached(Resolved wanted, Set<String> deployed, Instant now) {
    return new ClusterRecord(
        cluster,
        wanted.spec().version(),
        nodes(wanted.nodes()),
        certificates,
        deployed,
        created,
        now,
        true,
        encryption);
  }

  private static List<NodeRecord> nodes(List<ClusterNode> nodes) {
    return nodes.stream().map(NodeRecord::of).toList();
  }
}
