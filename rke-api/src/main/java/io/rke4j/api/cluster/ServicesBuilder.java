package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.function.Consumer;

/** Collects what the user adds to the components. */
public final class ServicesBuilder {

  private final Problems problems;
  private final ServiceOptionsBuilder etcd;
  private final ServiceOptionsBuilder kubeApi;
  private final ServiceOptionsBuilder controllerManager;
  private final ServiceOptionsBuilder scheduler;
  private final ServiceOptionsBuilder kubelet;
  private final ServiceOptionsBuilder kubeProxy;
  private final KubeApiBuilder apiServer;
  private SnapshotSchedule snapshots = SnapshotSchedule.DEFAULT;
  private boolean failSwapOn;
  private boolean kubeletServingCertificates;

  ServicesBuilder(Problems problems) {
    this.problems = problems;
    this.etcd = new ServiceOptionsBuilder("services.etcd", problems);
    this.kubeApi = new ServiceOptionsBuilder("services.kube-api", problems);
    this.apiServer = new KubeApiBuilder(problems);
    this.controllerManager = new ServiceOptionsBuilder("services.kube-controller", problems);
    this.scheduler = new ServiceOptionsBuilder("services.scheduler", problems);
    this.kubelet = new ServiceOptionsBuilder("services.kubelet", problems);
    this.kubeProxy = new ServiceOptionsBuilder("services.kubeproxy", problems);
  }

  /** Adds to etcd. */
  public ServicesBuilder etcd(Consumer<ServiceOptionsBuilder> options) {
    options.accept(etcd);
    return this;
  }

  /** Adds to kube-apiserver. */
  public ServicesBuilder kubeApi(Consumer<ServiceOptionsBuilder> options) {
    options.accept(kubeApi);
    return this;
  }

  /** Says what the API server does beyond its defaults: admission, audit log. */
  public ServicesBuilder apiServer(Consumer<KubeApiBuilder> features) {
    features.accept(apiServer);
    return this;
  }

  /** Adds to kube-controller-manager. */
  public ServicesBuilder controllerManager(Consumer<ServiceOptionsBuilder> options) {
    options.accept(controllerManager);
    return this;
  }

  /** Adds to kube-scheduler. */
  public ServicesBuilder scheduler(Consumer<ServiceOptionsBuilder> options) {
    options.accept(scheduler);
    return this;
  }

  /** Adds to every kubelet. */
  public ServicesBuilder kubelet(Consumer<ServiceOptionsBuilder> options) {
    options.accept(kubelet);
    return this;
  }

  /** Adds to every kube-proxy. */
  public ServicesBuilder kubeProxy(Consumer<ServiceOptionsBuilder> options) {
    options.accept(kubeProxy);
    return this;
  }

  /**
   * Takes snapshots of etcd this often and keeps them this long; every 12 h for 72 h if not called.
   */
  public ServicesBuilder snapshots(Duration every, Duration keepFor) {
    snapshots =
        problems.value(
            "services.etcd", snapshots, () -> new SnapshotSchedule(true, every, keepFor));
    return this;
  }

  /** Takes no snapshots of etcd. */
  public ServicesBuilder noSnapshots() {
    snapshots = new SnapshotSchedule(false, snapshots.every(), snapshots.keepFor());
    return this;
  }

  /** Makes kubelets refuse to start on hosts with swap. */
  public ServicesBuilder failSwapOn(boolean fail) {
    this.failSwapOn = fail;
    return this;
  }

  /** Issues a serving certificate for each kubelet, which the API server then checks. */
  public ServicesBuilder kubeletServingCertificates(boolean issue) {
    this.kubeletServingCertificates = issue;
    return this;
  }

  ServicesSpec build() {
    return new ServicesSpec(
        new EtcdSpec(etcd.build(), snapshots),
        apiServer.build(kubeApi.build()),
        controllerManager.build(),
        scheduler.build(),
        new KubeletSpec(kubelet.build(), failSwapOn, kubeletServingCertificates),
        kubeProxy.build());
  }
}
