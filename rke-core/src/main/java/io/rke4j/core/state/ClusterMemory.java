package io.rke4j.core.state;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.NodeMarks;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.spi.state.StateStore;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is remembered of one cluster, kept in a state store. Thread-safe. */
public final class ClusterMemory {

  private final StateStore store;
  private final String cluster;
  private final Clock clock;
  private final boolean known;
  private @Nullable Secret document;
  private @Nullable ClusterRecord record;
  private Set<String> expectedAddons = Set.of();

  /** Reads what is remembered of a cluster, if anything is. */
  public ClusterMemory(StateStore store, String cluster, Clock clock) {
    this.store = store;
    this.cluster = cluster;
    this.clock = clock;
    store.load(cluster).ifPresent(this::take);
    this.known = hasKeys();
  }

  private ClusterMemory(ClusterMemory real, ClusterRecord supposed) {
    this.store = real.store;
    this.cluster = real.cluster;
    this.clock = real.clock;
    this.known = real.known;
    this.document = real.document;
    this.record = supposed;
  }

  private void take(Secret text) {
    document = text;
    record = ClusterRecordCodec.read(text);
  }

  /** Whether the cluster had keys when this memory began: nothing is on a host before. */
  public boolean wasKnown() {
    return known;
  }

  /** Whether the cluster has keys. If not, only machines can have been made for it. */
  public boolean hasKeys() {
    return !certificates().isEmpty();
  }

  /** What is remembered; empty for a cluster that nobody has begun to build. */
  public synchronized Optional<ClusterRecord> record() {
    return Optional.ofNullable(record);
  }

  /** The same as it is stored, keys included. */
  public synchronized Optional<Secret> document() {
    return Optional.ofNullable(document);
  }

  /** The time by this memory's clock. */
  public Instant now() {
    return clock.instant();
  }

  /** The certificates; empty if none were issued yet. */
  public CertificateBundle certificates() {
    return record().map(ClusterRecord::certificates).orElse(CertificateBundle.EMPTY);
  }

  /** Whether a run has ever brought the cluster to its end. */
  public boolean isEstablished() {
    return record().map(ClusterRecord::established).orElse(false);
  }

  /** The nodes that were never part of the finished cluster. */
  public Set<NodeName> newNodes(Resolved wanted) {
    return others(wanted, isEstablished() ? recorded() : Set.of());
  }

  /**
   * The nodes on whose hosts there may be something that is not of this cluster: those that no run
   * has brought into it, unless their machines were made for it.
   */
  public Set<NodeName> untouchedNodes(Resolved wanted) {
    Set<NodeName> touched = new HashSet<>(recorded());
    record().stream()
        .flatMap(known -> known.nodes().stream())
        .filter(node -> node.standing() == NodeRecord.Standing.COMING && node.made())
        .forEach(node -> touched.add(node.name()));
    return others(wanted, touched);
  }

  /** The nodes on whose hosts a run may have put something. */
  public Set<NodeName> begunNodes(Resolved wanted) {
    return hasKeys()
        ? record().stream()
            .flatMap(known -> known.nodes().stream())
            .map(NodeRecord::name)
            .filter(name -> wanted.nodes().stream().anyMatch(node -> node.name().equals(name)))
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** The nodes that an earlier run has begun to bring into the cluster, and none has finished. */
  public Set<NodeName> unfinishedNodes(Resolved wanted) {
    Set<NodeName> unfinished = new HashSet<>(known ? newNodes(wanted) : Set.of());
    unfinished.retainAll(begunNodes(wanted));
    return unfinished;
  }

  /** The nodes that are no longer wanted and can leave, also those of a cluster half built. */
  public List<NodeRecord> leaving(Resolved wanted) {
    return absent(wanted).filter(NodeRecord::mayLeave).toList();
  }

  /** The nodes that are no longer wanted and that nothing can be done about. */
  public List<NodeRecord> leftBehind(Resolved wanted) {
    return absent(wanted)
        .filter(known -> !known.mayLeave() && known.standing() != NodeRecord.Standing.AWAITED)
        .toList();
  }

  private Stream<NodeRecord> absent(Resolved wanted) {
    return record().stream()
        .flatMap(known -> known.nodes().stream())
        .filter(known -> wanted.nodes().stream().noneMatch(n -> n.name().equals(known.name())));
  }

  private Set<NodeName> recorded() {
    return standing(NodeRecord.Standing.MEMBER);
  }

  /** The nodes that stand like this. */
  public Set<NodeName> standing(NodeRecord.Standing standing) {
    return record().stream()
        .flatMap(known -> known.nodes().stream())
        .filter(node -> node.standing() == standing)
        .map(NodeRecord::name)
        .collect(Collectors.toSet());
  }

  /** Saves how a node stands. Once this returns, a crash does not lose it. */
  public synchronized void remember(NodeName node, NodeRecord.Standing standing) {
    ClusterRecord known = record;
    if (known == null) {
      throw new IllegalStateException("node " + node + " is of no cluster that was ever begun");
    }
    save(known.withStanding(Set.of(node), standing, clock.instant()));
  }

  /** The same memory as if nodes stood like this, which is not saved: for a plan. */
  public synchronized ClusterMemory supposing(Set<NodeName> nodes, NodeRecord.Standing standing) {
    ClusterRecord known = record;
    return nodes.isEmpty() || known == null
        ? this
        : new ClusterMemory(this, known.withStanding(nodes, standing, known.updated()));
  }

  private static Set<NodeName> others(Resolved wanted, Set<NodeName> known) {
    return wanted.nodes().stream()
        .map(ClusterNode::name)
        .filter(name -> !known.contains(name))
        .collect(Collectors.toSet());
  }

  /** Labels and taints that the user had given each node. */
  public Map<NodeName, NodeMarks> marks() {
    Map<NodeName, NodeMarks> marks = new HashMap<>();
    record()
        .ifPresent(
            known ->
                known
                    .nodes()
                    .forEach(n -> marks.put(n.name(), new NodeMarks(n.labels(), n.taints()))));
    return marks;
  }

  /** The addons that were deployed, or that a run which has not ended may have deployed. */
  public Set<String> addons() {
    return record().map(ClusterRecord::addons).orElse(Set.of());
  }

  /**
   * Saves what a run is about to make. Should it end early, a later one finds here what there may
   * be of it. Of a new cluster on hosts that are there, it is saved with the first keys.
   */
  public synchronized void expect(Resolved wanted, Set<String> addons) {
    expectedAddons = Set.copyOf(addons);
    ClusterRecord known = record;
    if (known == null && !wanted.isLocated()) {
      known =
          ClusterRecord.first(wanted, CertificateBundle.EMPTY, Set.of(), clock.instant())
              .withNodes(List.of());
    }
    if (known != null && !known.equals(known.expecting(wanted, addons, known.updated()))) {
      save(known.expecting(wanted, addons, clock.instant()));
    }
  }

  /** Saves certificates. Once this returns, a crash does not lose them. */
  public synchronized void remember(Resolved wanted, CertificateBundle certificates) {
    ClusterRecord known = record;
    save(
        known == null
            ? ClusterRecord.first(wanted, certificates, expectedAddons, clock.instant())
            : known.begun(wanted).withCertificates(certificates, clock.instant()));
  }

  /** How Secrets are encrypted. */
  public EncryptionRecord encryption() {
    return record().map(ClusterRecord::encryption).orElse(EncryptionRecord.NONE);
  }

  /** Saves how Secrets are encrypted. Once this returns, a crash does not lose the key. */
  public synchronized void remember(EncryptionRecord encryption) {
    ClusterRecord known = record;
    if (known == null) {
      throw new IllegalStateException("Secrets of a cluster that was never begun are encrypted");
    }
    save(known.withEncryption(encryption, clock.instant()));
  }

  /** Whether the finished cluster was written down as it is now wanted. */
  public boolean isFinished(Resolved wanted, Set<String> addons) {
    ClusterRecord known = record().orElse(null);
    return known != null
        && known.established()
        && known.equals(known.reached(wanted, addons, known.updated()));
  }

  /** Writes the finished cluster down. */
  public synchronized void finish(Resolved wanted, Set<String> addons) {
    ClusterRecord known = record;
    if (known == null) {
      throw new IllegalStateException("a cluster is finished that was never begun");
    }
    save(known.reached(wanted, addons, clock.instant()));
  }

  /** Forgets the cluster and its keys. */
  public synchronized void forget() {
    store.delete(cluster);
    document = null;
    record = null;
  }

  private void save(ClusterRecord changed) {
    Secret text = ClusterRecordCodec.write(changed);
    store.save(cluster, text);
    document = text;
    record = changed;
  }
}
