package io.rke4j.spi.addon;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;

/**
 * A running cluster, as seen by an addon deployer.
 *
 * @param kubeconfig how to reach it as administrator
 * @param controlPlane a control plane node on which deploy Jobs may run before the network is up
 * @param kubectl an image that has {@code kubectl}
 */
public record KubeEndpoint(Secret kubeconfig, NodeName controlPlane, ImageRef kubectl) {}
