package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.host.OpenPort;
import io.rke4j.testkit.kube.api.EtcdLink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** The Kubernetes API over the data of one etcd, as components of a host use it. */
public interface ClusterApi extends AutoCloseable {

  /** Makes the API of a new etcd. */
  @FunctionalInterface
  interface Maker {
    /**
     * Makes it.
     *
     * @param version of Kubernetes, for example {@code v1.20.15}
     */
    ClusterApi make(String version);
  }

  /**
   * What an API server shows and trusts, each as PEM text.
   *
   * @param certificate its certificate
   * @param key its key
   * @param clientAuthority who signs clients
   */
  record ServingFiles(String certificate, String key, String clientAuthority) {
    @Override
    public String toString() {
      return "ServingFiles[***]";
    }
  }

  /**
   * How an API server runs.
   *
   * @param version of Kubernetes
   * @param rbac whether roles decide
   */
  record Mode(String version, boolean rbac) {}

  /**
   * A kubelet that wants to join.
   *
   * @param name of the node
   * @param address its internal address
   * @param labels labels of its own
   * @param taints for example {@code dedicated=gpu:NoSchedule}
   * @param version the kubelet's
   * @param runtime for example {@code docker://20.10.24}
   */
  record Joining(
      String name,
      String address,
      Map<String, String> labels,
      List<String> taints,
      String version,
      String runtime) {
    /** Copies the collections. */
    public Joining {
      labels = Map.copyOf(labels);
      taints = List.copyOf(taints);
    }
  }

  /**
   * Serves it at an address.
   *
   * @param etcd what the server keeps it in
   * @throws IOException if somebody else listens there, or the files cannot be used
   */
  OpenPort serve(InetSocketAddress address, ServingFiles files, Mode mode, EtcdLink etcd)
      throws IOException;

  /** A kubelet comes up, or reports again. */
  void join(Joining node);

  /** Nothing has been heard from a kubelet for a while. */
  void lost(String node);

  @Override
  void close();
}
