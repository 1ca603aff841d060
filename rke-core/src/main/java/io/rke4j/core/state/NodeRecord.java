package io.rke4j.core.state;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Taint;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.core.cluster.ClusterNode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A node that runs have brought into the cluster, or have begun to.
 *
 * @param name its name in Kubernetes
 * @param address where it was reached
 * @param internalAddress where the other nodes reach it
 * @param roles the planes it takes part in
 * @param labels labels beside those of the roles
 * @param taints taints beside those of the roles
 * @param made whether a driver has made its machine
 * @param standing whether it is part of the cluster, about to be, or its machine is just being
 *     replaced
 */
public record NodeRecord(
    NodeName name,
    String address,
    String internalAddress,
    Set<Role> roles,
    Map<String, String> labels,
    List<Taint> taints,
    boolean made,
    Standing standing) {

  /** How a node stands to the cluster. */
  public enum Standing {
    /** It is part of it. */
    MEMBER,
    /** Nobody reaches its machine, which is to be destroyed whatever becomes of it. */
    CONDEMNED,
    /** Nothing is left of its machine and of its node in Kubernetes; it is to come anew. */
    AWAITED,
    /** A run has begun to make it part of the cluster, and none has ended since. */
    COMING
  }

  /** A node that is part of the cluster. */
  public NodeRecord(
      NodeName name,
      String address,
      String internalAddress,
      Set<Role> roles,
      Map<String, String> labels,
      List<Taint> taints,
      boolean made) {
    this(name, address, internalAddress, roles, labels, taints, made, Standing.MEMBER);
  }

  /** A node on a host that was there. */
  public NodeRecord(
      NodeName name,
      String address,
      String internalAddress,
      Set<Role> roles,
      Map<String, String> labels,
      List<Taint> taints) {
    this(name, address, internalAddress, roles, labels, taints, false);
  }

  /** Copies the collections. */
  public NodeRecord {
    EnumSet<Role> ordered = EnumSet.noneOf(Role.class);
    ordered.addAll(roles);
    roles = Collections.unmodifiableSet(ordered);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    taints = List.copyOf(taints);
  }

  /** What is to be remembered of a node. How to log in is not. */
  public static NodeRecord of(ClusterNode node) {
    return new NodeRecord(
        node.name(),
        node.address(),
        node.internalAddress(),
        node.spec().roles(),
        node.spec().labels(),
        node.spec().taints(),
        node.spec().machine() instanceof VirtualMachine);
  }

  /** The same node with another standing. */
  public NodeRecord with(Standing other) {
    return new NodeRecord(name, address, internalAddress, roles, labels, taints, made, other);
  }

  /**
   * The same node while a run gives it other labels and taints: those of before count, too, until
   * the run has come to its end.
   */
  NodeRecord expecting(ClusterNode wanted) {
    NodeRecord next = of(wanted);
    Map<String, String> allLabels = new TreeMap<>(labels);
    allLabels.putAll(next.labels());
    Set<Taint> allTaints = new LinkedHashSet<>(taints);
    allTaints.addAll(next.taints());
    NodeRecord base = standing == Standing.COMING ? next : this;
    return new NodeRecord(
        name,
        base.address(),
        base.internalAddress(),
        base.roles(),
        allLabels,
        List.copyOf(allTaints),
        base.made(),
        standing);
  }

  /** Whether it can leave a cluster that runs: a worker, and nothing else, on a made machine. */
  public boolean mayLeave() {
    return made && roles.equals(Set.of(Role.WORKER));
  }

  /** The node as its driver knows it: by its name, of whatever size its machine is. */
  public NodeSpec asMade() {
    return new NodeSpec(name, roles, new VirtualMachine(1, "1Gi", "1Gi"), labels, taints);
  }
}
