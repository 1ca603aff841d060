package io.rke4j.core.phase.etcd;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.render.Etcd;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The members that begin a cluster of etcd together. One that has begun with others keeps to them
 * whatever it is told later, and so two clusters would come to be that both take themselves for the
 * whole.
 *
 * @param peers where they reach each other; empty once the cluster has run, for then members may
 *     have come and gone
 */
record Founders(Set<String> peers) {

  private static final String FLAG = "--initial-cluster=";

  static Founders of(Resolved cluster, boolean established) {
    return new Founders(
        established
            ? Set.of()
            : cluster.nodesWith(Role.ETCD).stream()
                .map(Etcd::peerUrl)
                .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Refuses a member that has begun with others.
   *
   * @throws EtcdFoundedOtherwiseException if it has
   */
  void check(NodeName node, ContainerState etcd) {
    Set<String> before = begunWith(etcd.definition());
    if (!peers.isEmpty()
        && !before.isEmpty()
        && !before.equals(peers)
        && etcd.status() != ContainerState.Status.CREATED) {
      throw new EtcdFoundedOtherwiseException(node.value(), before, new TreeSet<>(peers));
    }
  }

  private static Set<String> begunWith(ContainerSpec etcd) {
    return etcd.program().command().stream()
        .filter(argument -> argument.startsWith(FLAG))
        .flatMap(argument -> Arrays.stream(argument.substring(FLAG.length()).split(",")))
        .map(member -> member.substring(member.indexOf('=') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
