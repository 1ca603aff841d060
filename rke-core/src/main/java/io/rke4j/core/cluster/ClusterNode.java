package io.rke4j.core.cluster;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;

/**
 * A node and where it is.
 *
 * @param spec the node as the user wants it
 * @param address where this program reaches it
 * @param internalAddress where the other nodes reach it
 */
public record ClusterNode(NodeSpec spec, String address, String internalAddress) {

  /** Its name in Kubernetes. */
  public NodeName name() {
    return spec.name();
  }

  /** Whether it takes part in a plane. */
  public boolean has(Role role) {
    return spec.has(role);
  }

  /** The internal address as RKE writes it into file names: with dashes for dots. */
  public String dashedAddress() {
    return internalAddress.replace('.', '-');
  }
}
