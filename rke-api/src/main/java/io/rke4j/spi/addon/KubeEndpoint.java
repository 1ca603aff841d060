package io.rke4j.spi.addon;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.node.Route;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running cluster, as seen by an addon deployer.
 *
 * @param kubeconfig how to reach it as administrator
 * @param controlPlane a control plane node on which deploy Jobs may run before the network is up
 * @param kubectl an image that has {@code kubectl}
 * @param through the way to the server that the kubeconfig names; null if there is none but the
 *     direct one
 */
public record KubeEndpoint(
    Secret kubeconfig, NodeName controlPlane, ImageRef kubectl, @Nullable Route through) {

  /** A cluster that is reached directly. */
  public KubeEndpoint(Secret kubeconfig, NodeName controlPlane, ImageRef kubectl) {
    this(kubeconfig, controlPlane, kubectl, null);
  }

  /** The way to the server, if it is not the direct one. */
  public Optional<Route> route() {
    return Optional.ofNullable(through);
  }
}
