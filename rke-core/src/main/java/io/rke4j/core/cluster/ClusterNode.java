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

  /** A node whose machine is yet to be made: plans name it where its address will be. */
  public static ClusterNode unlocated(NodeSpec spec) {
    return new ClusterNode(spec, placeholder(spec), placeholder(spec));
  }

  /** No address has such characters. */
  private static String placeholder(NodeSpec spec) {
    return "<address of " + spec.name() + ">";
  }

  /** Whether its machine is there, and its address so known. */
  public boolean isLocated() {
    return !address.equals(placeholder(spec));
  }

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
