package io.rke4j.api;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import java.net.URI;
import java.util.List;

/**
 * A cluster that was built.
 *
 * @param name its name
 * @param endpoint where its API server answers
 * @param nodes the names of its nodes
 * @param kubeconfig how to reach it as administrator
 */
public record Cluster(String name, URI endpoint, List<NodeName> nodes, Secret kubeconfig) {

  /** Copies the nodes. */
  public Cluster {
    nodes = List.copyOf(nodes);
  }
}
