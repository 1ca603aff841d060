package io.rke4j.testkit.junit;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.testkit.junit.ClusterExtension.Wanted;
import java.util.function.Consumer;

/**
 * What is said of a cluster whatever its hosts are.
 *
 * @param <B> the builder that says it
 */
abstract sealed class ClusterBuilder<B extends ClusterBuilder<B>>
    permits SimulatedClusterExtension.Builder, DockerClusterExtension.Builder {

  private int nodes = 1;
  private int controlPlanes = 1;
  private String kubernetes = Layout.USUAL_VERSION;
  private Consumer<ClusterSpec.Builder> spec = it -> {};
  private Consumer<ClusterProvisioner.Builder> provisioner = it -> {};

  /** What makes the hosts, and the spec of a cluster of them. */
  abstract Ground.Maker ground(Layout layout, Consumer<ClusterSpec.Builder> more);

  abstract B self();

  /** How many hosts, each of which becomes a node; 1 if not called. */
  public B nodes(int number) {
    nodes = number;
    return self();
  }

  /** How many of them are control planes with a member of etcd; 1 if not called. */
  public B controlPlanes(int number) {
    controlPlanes = number;
    return self();
  }

  /** The Kubernetes version as RKE names it; the library's default if not called. */
  public B kubernetes(String version) {
    kubernetes = version;
    return self();
  }

  /** What else the cluster is to have, for example addons. */
  public B spec(Consumer<ClusterSpec.Builder> more) {
    spec = spec.andThen(more);
    return self();
  }

  /** What else the provisioner is told, for example a driver, runtime or store to be tested. */
  public B provisioner(Consumer<ClusterProvisioner.Builder> more) {
    provisioner = provisioner.andThen(more);
    return self();
  }

  /**
   * All of it.
   *
   * @throws IllegalArgumentException if there are more control planes than nodes, or none
   */
  final Wanted wanted() {
    return new Wanted(ground(new Layout(nodes, controlPlanes, kubernetes), spec), provisioner);
  }
}
