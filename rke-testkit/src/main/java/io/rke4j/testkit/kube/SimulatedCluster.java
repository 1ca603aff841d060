package io.rke4j.testkit.kube;

import io.rke4j.testkit.kube.api.ServerSettings;
import io.rke4j.testkit.kube.api.ServingCertificate;
import io.rke4j.testkit.kube.controllers.KubeControllers;
import io.rke4j.testkit.kube.controllers.KubeNodes;
import io.rke4j.testkit.kube.controllers.NodeRegistration;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.store.KubeStore;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Kubernetes cluster in memory: one store, the controllers that work on it, and as many API
 * servers as are started. Thread-safe.
 */
public final class SimulatedCluster implements AutoCloseable {

  private static final String RUNTIME = "docker://20.10.24";

  private final KubeStore store;
  private final KubeControllers controllers;
  private final KubeNodes nodes;

  private SimulatedCluster(KubeStore store, PodBehaviour behaviour) {
    this.store = store;
    this.controllers = KubeControllers.start(store, behaviour);
    this.nodes = new KubeNodes(store);
  }

  /**
   * A new cluster without nodes, whose pods do what is usual for them.
   *
   * @param version for example {@code v1.20.15}
   */
  public static SimulatedCluster of(String version) {
    return of(KubeStore.of(version), PodBehaviour.usual());
  }

  /** A cluster of a store, whose pods do what they are told. */
  public static SimulatedCluster of(KubeStore store, PodBehaviour behaviour) {
    return new SimulatedCluster(store, behaviour);
  }

  /** The objects. */
  public KubeStore store() {
    return store;
  }

  /** Starts one more API server; whoever starts it closes it. */
  public SimulatedKubeApi startApi(
      InetSocketAddress address, ServingCertificate certificate, ServerSettings settings) {
    return SimulatedKubeApi.start(address, certificate, store, settings);
  }

  /**
   * Lets the kubelet of a node come up, in the version of the cluster.
   *
   * @param address its internal address
   * @param labels labels of its own, beside those that every node has
   * @param taints for example {@code dedicated=gpu:NoSchedule}
   */
  public void registerNode(
      String name, String address, Map<String, String> labels, List<String> taints) {
    String version = store.types().release().version();
    registerNode(new NodeRegistration(name, address, labels, taints, version, RUNTIME));
  }

  /** Lets the kubelet of a node come up. */
  public void registerNode(NodeRegistration registration) {
    nodes.register(registration);
  }

  /** Lets a node be without contact: it is no longer ready, and its pods cannot be ended. */
  public void nodeLost(String name) {
    nodes.lost(name);
  }

  /**
   * Waits until the controllers have dealt with everything that happened before.
   *
   * @throws IllegalStateException if that takes longer than the limit
   */
  public void awaitQuiet(Duration limit) throws InterruptedException {
    if (!controllers.awaitQuiet(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the controllers are not quiet after " + limit);
    }
  }

  /** Stops the controllers. API servers go on until they are closed. */
  @Override
  public void close() {
    controllers.close();
  }
}
