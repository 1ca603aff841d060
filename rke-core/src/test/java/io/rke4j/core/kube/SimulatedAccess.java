package io.rke4j.core.kube;

import static io.rke4j.api.cluster.Role.CONTROL_PLANE;
import static io.rke4j.api.cluster.Role.ETCD;
import static io.rke4j.api.cluster.Role.WORKER;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.pki.Certificates;
import io.rke4j.spi.CancellationToken;
import io.rke4j.testkit.kube.SimulatedCluster;
import io.rke4j.testkit.kube.SimulatedKubeApi;
import io.rke4j.testkit.kube.api.ServingCertificate;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.store.KubeStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * A simulated cluster of one node, whose API server has the certificates that we issue and is
 * reached with the kubeconfig that we write.
 */
public final class SimulatedAccess implements AutoCloseable {

  private static final String ADDRESS = "127.0.0.1";
  private static final Resolved CLUSTER = resolve();
  private static final CertificateBundle CERTIFICATES =
      new CertificateIssuer(Clock.systemUTC(), ForkJoinPool.commonPool())
          .issue(CLUSTER, CertificateBundle.EMPTY, new NeverCancelled());

  private final SimulatedCluster simulated;
  private final SimulatedKubeApi api;

  private SimulatedAccess(SimulatedCluster simulated) {
    this.simulated = simulated;
    this.api =
        SimulatedKubeApi.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ServingCertificate(
                entry(Certificates.API_SERVER).certificatePem(),
                entry(Certificates.API_SERVER).key().reveal(),
                entry(Certificates.CA).certificatePem()),
            simulated.store());
  }

  private record NeverCancelled() implements CancellationToken {

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void onCancel(Runnable action) {}
  }

  /** A cluster whose pods do what they are told. */
  public static SimulatedAccess to(PodBehaviour behaviour) {
    return new SimulatedAccess(SimulatedCluster.of(KubeStore.of("v1.20.15"), behaviour));
  }

  private static Entry entry(String name) {
    return CERTIFICATES.entry(name);
  }

  private static Resolved resolve() {
    ClusterSpec spec =
        ClusterSpec.named("simulated")
            .kubernetes("v1.20.15-rancher2-1")
            .network(n -> n.plugin("flannel"))
            .node("one", n -> n.address(ADDRESS).user("root").roles(CONTROL_PLANE, ETCD, WORKER))
            .build();
    return new Resolved(
        spec,
        VersionCatalogue.builtIn().release(spec),
        List.of(new ClusterNode(spec.nodes().get(0), ADDRESS, ADDRESS)));
  }

  /** What the cluster was made from. */
  public Resolved resolved() {
    return CLUSTER;
  }

  /** Its one node. */
  public ClusterNode node() {
    return CLUSTER.nodes().get(0);
  }

  /** The cluster behind the API. */
  public SimulatedCluster cluster() {
    return simulated;
  }

  /** The API server. */
  public SimulatedKubeApi api() {
    return api;
  }

  /** Lets the kubelet of the node come up. */
  public void registerNode() {
    simulated.registerNode(node().name().value(), ADDRESS, Map.of(), List.of());
  }

  /** The administrator's kubeconfig. */
  public Secret kubeconfig() {
    return KubeConfig.forAdministrator(
        "simulated",
        "https://" + ADDRESS + ":" + api.address().getPort(),
        entry(Certificates.CA).certificatePem(),
        entry(Certificates.ADMIN).certificatePem(),
        entry(Certificates.ADMIN).key());
  }

  @Override
  public void close() {
    api.close();
    simulated.close();
  }
}
