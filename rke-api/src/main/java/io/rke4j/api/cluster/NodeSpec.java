package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One node as the user wants it.
 *
 * @param name its name in Kubernetes
 * @param roles the planes it takes part in; at least one
 * @param machine what it runs on
 * @param labels labels beside those that the roles bring
 * @param taints taints beside those that the roles bring
 * @param replacement whether it gets a new machine when nobody reaches the one that it has
 */
public record NodeSpec(
    NodeName name,
    Set<Role> roles,
    MachineSpec machine,
    Map<String, String> labels,
    List<Taint> taints,
    MachineReplacement replacement) {

  /** Copies the collections. */
  public NodeSpec {
    EnumSet<Role> ordered = EnumSet.noneOf(Role.class);
    ordered.addAll(roles);
    roles = Collections.unmodifiableSet(ordered);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    taints = List.copyOf(taints);
  }

  /** A node whose machine is never replaced. */
  public NodeSpec(
      NodeName name,
      Set<Role> roles,
      MachineSpec machine,
      Map<String, String> labels,
      List<Taint> taints) {
    this(name, roles, machine, labels, taints, new MachineReplacement.Never());
  }

  /** Whether the node takes part in a plane. */
  public boolean has(Role role) {
    return roles.contains(role);
  }
}
