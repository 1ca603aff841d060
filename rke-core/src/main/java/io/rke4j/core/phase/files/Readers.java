package io.rke4j.core.phase.files;

import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.host.Probe;
import io.rke4j.core.render.Health;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The containers that read files, and are restarted for others.
 *
 * @param of the names of those that read a file, by its path
 * @param note where restarts are noted that are yet to come; empty if the readers look for others
 *     themselves
 * @param health what some of them have to answer before more is done to the cluster
 */
record Readers(Function<String, Set<String>> of, Optional<String> note, Map<String, Probe> health) {

  /** Copies the probes. */
  Readers {
    health = Map.copyOf(health);
  }

  /** Members of a new cluster are not well before most of them are there. */
  static Map<String, Probe> health(Resolved cluster, ClusterNode node, boolean established) {
    return established
        ? Stream.of(Component.ETCD, Component.KUBE_APISERVER)
            .collect(Collectors.toMap(Component::container, one -> Health.of(one, cluster, node)))
        : Map.of();
  }
}
