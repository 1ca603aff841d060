package io.rke4j.core.render;

import static io.rke4j.api.cluster.Role.CONTROL_PLANE;
import static io.rke4j.api.cluster.Role.ETCD;
import static io.rke4j.api.cluster.Role.WORKER;

import io.rke4j.api.cluster.AuditLogSpec;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ExistingHost;
import io.rke4j.api.cluster.KubeApiBuilder;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.PodSecurity;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.EngineFacts;
import java.time.Duration;
import java.util.List;

/** Clusters to render. */
final class Samples {

  static final String V1_17 = "v1.17.6-rancher2-2";
  static final String V1_20 = "v1.20.15-rancher2-1";
  static final String V1_30 = "v1.30.14-rancher1-1";

  static final EngineFacts DEBIAN =
      new EngineFacts(
          "20.10.24",
          "Debian GNU/Linux 12 (bookworm)",
          "x86_64",
          "/var/lib/docker",
          "cgroupfs",
          List.of("name=seccomp,profile=default"));

  static final EngineFacts SELINUX_ON_ARM =
      new EngineFacts(
          "19.03.15",
          "CentOS Linux 7 (Core)",
          "aarch64",
          "/data/docker",
          "systemd",
          List.of("name=seccomp,profile=default", "name=selinux"));

  private Samples() {}

  /** One host that does everything, named after its address as RKE does unless told otherwise. */
  static ClusterSpec.Builder single(String version) {
    return ClusterSpec.named("c1")
        .kubernetes(version)
        .node(
            "172.17.0.2",
            n -> n.address("172.17.0.2").user("root").roles(CONTROL_PLANE, ETCD, WORKER))
        .network(n -> n.plugin("none"))
        .services(
            s ->
                s.kubeProxy(
                    p ->
                        p.arg("conntrack-max-per-core", "0")
                            .arg("conntrack-tcp-timeout-established", "0s")
                            .arg("conntrack-tcp-timeout-close-wait", "0s")));
  }

  /** Mixed roles, names and networks of the user's own, and something added to each component. */
  static ClusterSpec.Builder threeNodes(String version) {
    return ClusterSpec.named("c3")
        .kubernetes(version)
        .node("alpha", n -> n.address("192.0.2.11").user("rke").roles(CONTROL_PLANE, ETCD))
        .node(
            "beta",
            n ->
                n.address("192.0.2.12")
                    .internalAddress("10.0.0.12")
                    .user("rke")
                    .roles(CONTROL_PLANE, ETCD, WORKER))
        .node("gamma.lab", n -> n.address("192.0.2.13").user("rke").roles(ETCD, WORKER))
        .network(
            n ->
                n.podCidr("10.52.0.0/16")
                    .serviceCidr("10.53.0.0/16")
                    .nodePorts("31000-31999")
                    .clusterDomain("lab.internal"))
        .services(
            s ->
                s.snapshots(Duration.ofMinutes(90), Duration.ofDays(2))
                    .failSwapOn(true)
                    .etcd(
                        o ->
                            o.arg("election-timeout", "10000")
                                .bind("/srv/etcd:/srv/etcd:ro")
                                .env("GOGC=50"))
                    .kubeApi(
                        o -> o.arg("v", "4").bind("/srv/api:/srv/api").env("GODEBUG=http2debug=1"))
                    .controllerManager(o -> o.arg("node-monitor-grace-period", "20s").env("TZ=UTC"))
                    .scheduler(
                        o -> o.arg("profiling", "true").bind("/srv/scheduler:/srv/scheduler"))
                    .kubelet(
                        o ->
                            o.arg("max-pods", "42")
                                .arg("resolv-conf", "")
                                .bind("/srv/pods:/srv/pods:shared,z")
                                .bind("/run:/run:rprivate")
                                .env("HTTPS_PROXY=http://proxy.lab:3128"))
                    .kubeProxy(o -> o.arg("proxy-mode", "iptables").bind("/srv/p:/srv/p")));
  }

  /** One host whose API server does all that it can be told to do. */
  static ClusterSpec.Builder strict(String version) {
    return single(version)
        .tokenWebhook(Secret.of(""), "5s")
        .services(
            s ->
                s.apiServer(
                    a ->
                        pods(a, version)
                            .encryptSecrets()
                            .alwaysPullImages()
                            .limitEvents()
                            .admissionConfiguration(
                                """
                                apiVersion: apiserver.config.k8s.io/v1
                                kind: AdmissionConfiguration
                                plugins:
                                - name: ImagePolicyWebhook
                                  path: /etc/kubernetes/images.yaml
                                """)
                            .auditLog(
                                log ->
                                    new AuditLogSpec.On(
                                        7,
                                        0,
                                        log.maxSize(),
                                        log.path(),
                                        AuditLogSpec.Format.LEGACY,
                                        """
                                        kind: Policy
                                        apiVersion: audit.k8s.io/v1
                                        rules: [{level: Request}]
                                        """))));
  }

  /** The strictest that the version knows for pods. */
  private static KubeApiBuilder pods(KubeApiBuilder apiServer, String version) {
    return version.equals(V1_30)
        ? apiServer.podSecurity(PodSecurity.RESTRICTED)
        : apiServer.podSecurityPolicy();
  }

  /** A host for each role, two of the control plane. */
  static ClusterSpec.Builder separateRoles(String version) {
    return ClusterSpec.named("c4")
        .kubernetes(version)
        .node("etcd-1", n -> n.address("192.0.2.21").user("rke").roles(ETCD))
        .node("cp-1", n -> n.address("192.0.2.31").user("rke").roles(CONTROL_PLANE))
        .node("cp-2", n -> n.address("192.0.2.32").user("rke").roles(CONTROL_PLANE))
        .node("worker-1", n -> n.address("192.0.2.41").user("rke").roles(WORKER))
        .services(s -> s.noSnapshots());
  }

  /** Pods and services with addresses of IPv4 and IPv6. */
  static ClusterSpec.Builder dualStack(String version) {
    return separateRoles(version)
        .network(
            n ->
                n.plugin("calico")
                    .podCidr("10.42.0.0/16", "fd01::/64")
                    .serviceCidr("10.43.0.0/16", "fd98::/108"));
  }

  static Resolved resolve(ClusterSpec.Builder builder) {
    ClusterSpec spec = builder.build();
    return new Resolved(
        spec,
        VersionCatalogue.builtIn().release(spec),
        spec.nodes().stream().map(Samples::place).toList());
  }

  private static ClusterNode place(NodeSpec node) {
    if (node.machine() instanceof ExistingHost host) {
      return new ClusterNode(node, host.address(), host.internalAddress());
    }
    throw new AssertionError(node + " is no host");
  }
}
