package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  private Optional<SnapshotBucket> bucket = Optional.empty();
  private EtcdHosting hosting = EtcdHosting.Managed.BY_ROOT;
  private boolean external;
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

  /**
   * Takes a snapshot of etcd every so many hours, and keeps so many of them: RKE's {@code
   * backup_config}.
   */
  public ServicesBuilder countedSnapshots(int intervalHours, int kept) {
    snapshots =
        problems.value(
            "services.etcd.backup_config",
            snapshots,
            () -> SnapshotSchedule.counted(intervalHours, kept));
    return this;
  }

  /** Copies each snapshot of etcd to a bucket; they stay on the hosts only, if not called. */
  public ServicesBuilder snapshotsTo(SnapshotBucket bucket) {
    this.bucket = Optional.of(bucket);
    return this;
  }

  /** Takes no snapshots of etcd. */
  public ServicesBuilder noSnapshots() {
    snapshots =
        new SnapshotSchedule(false, snapshots.every(), snapshots.keepFor(), snapshots.kept());
    return this;
  }

  /**
   * Runs etcd as a user of its own, whose its data and keys then are; as root if not called.
   * Neither may be 0.
   */
  public ServicesBuilder etcdUser(int uid, int gid) {
    hosting = problems.value("services.etcd", hosting, () -> new EtcdHosting.Managed(uid, gid));
    return this;
  }

  /**
   * Keeps the cluster's state in an etcd that is there already. No node then has role etcd.
   *
   * @param urls the client addresses of its members, for example {@code https://etcd-1:2379}
   * @param authority the certificate by which members are known, as PEM
   * @param certificate a client certificate for the API servers, as PEM
   * @param key its key, as PEM; control plane hosts get it in a file for root only
   * @param path the folder of etcd that holds the cluster's data, for example {@code /registry}
   */
  public ServicesBuilder externalEtcd(
      List<String> urls, String authority, String certificate, Secret key, String path) {
    external = true;
    hosting =
        problems.value(
            "services.etcd.external_urls",
            hosting,
            () -> new EtcdHosting.External(urls, authority, certificate, key, path));
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

  /** Whether an etcd of others is wanted, be it described well or not. */
  boolean wantsExternalEtcd() {
    return external;
  }

  ServicesSpec build() {
    if (hosting instanceof EtcdHosting.External && !etcd.build().equals(ServiceOptions.NONE)) {
      problems.add(
          "services.etcd",
          "has options for members, which an etcd of external_urls does not get from here",
          "leave extra_args, extra_binds and extra_env out");
    }
    return new ServicesSpec(
        new EtcdSpec(etcd.build(), snapshots, bucket, hosting),
        apiServer.build(kubeApi.build()),
        controllerManager.build(),
        scheduler.build(),
        new KubeletSpec(kubelet.build(), failSwapOn, kubeletServingCertificates),
        kubeProxy.build());
  }
}
