package io.rke4j.core.management;

import io.rke4j.api.ManagementCluster;
import io.rke4j.core.kube.KubeClient;
import java.util.Optional;

/** A connection to the management cluster. Thread-safe; close it when done. */
public final class Management implements AutoCloseable {

  private final KubeClient client;
  private final String owner;

  private Management(KubeClient client, String owner) {
    this.client = client;
    this.owner = owner;
  }

  /**
   * A connection; no request is made yet.
   *
   * @throws io.rke4j.spi.ProviderException if the kubeconfig cannot be used
   */
  public static Management open(ManagementCluster cluster) {
    return new Management(KubeClient.open(cluster.kubeconfig(), Optional.empty()), cluster.owner());
  }

  /** The plain requests under all of this. */
  public KubeClient client() {
    return client;
  }

  /** What is kept of one cluster. */
  public ClusterAccount account(String cluster) {
    return new ClusterAccount(client, new AccountNames(cluster), owner);
  }

  @Override
  public void close() {
    client.close();
  }
}
