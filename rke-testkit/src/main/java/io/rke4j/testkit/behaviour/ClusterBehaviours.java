package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.Behaviours;

/** What containers of a cluster do, on all hosts of a fleet. */
public final class ClusterBehaviours implements AutoCloseable {

  private final Etcds etcds = new Etcds();
  private final ControlPlanes planes;

  /**
   * For one fleet.
   *
   * @param maker makes the API of every cluster that is built on it
   */
  public ClusterBehaviours(ClusterApi.Maker maker) {
    this.planes = new ControlPlanes(maker);
  }

  /** The choice for one fleet, which may be added to. */
  public Behaviours behaviours() {
    return new Behaviours(new Program())
        .add(PortListening::isMeant, new PortListening())
        .add(PortProbing::isMeant, new PortProbing())
        .add(Cleaning::isMeant, new Cleaning())
        .add(CertDeployer::isMeant, new CertDeployer())
        .named("etcd", new Etcd(etcds))
        .named("etcd-rolling-snapshots", new Snapshots())
        .named("kube-apiserver", new KubeApiServer(etcds, planes))
        .named("kube-controller-manager", HealthyComponent.controllerManager())
        .named("kube-scheduler", HealthyComponent.scheduler())
        .named("kubelet", new Kubelet(planes))
        .named("kube-proxy", HealthyComponent.proxy())
        .named("nginx-proxy", new NginxProxy(planes));
  }

  @Override
  public void close() {
    planes.close();
  }
}
