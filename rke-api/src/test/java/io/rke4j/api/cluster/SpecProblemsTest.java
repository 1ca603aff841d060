package io.rke4j.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the builders find out without a look at a host. */
class SpecProblemsTest {

  @Test
  void onlyWorkersOnMadeMachinesAreReplacedAndOnlyAfterATime() {
    InvalidSpecException refused =
        catchThrowableOfType(
            InvalidSpecException.class,
            () ->
                ClusterSpec.named("c1")
                    .kubernetes("v1.20.15-rancher2-1")
                    .pool(
                        NodePool.of("cp", 1, 2, "4Gi", "20Gi", Role.ETCD, Role.CONTROL_PLANE)
                            .replaceUnreachable(Duration.ofMinutes(10), 1))
                    .pool(
                        NodePool.of("w", 1, 2, "4Gi", "20Gi", Role.WORKER)
                            .replaceUnreachable(Duration.ofSeconds(59), 1))
                    .pool(
                        NodePool.of("x", 1, 2, "4Gi", "20Gi", Role.WORKER)
                            .replaceUnreachable(Duration.ofMinutes(1), 0))
                    .node(
                        "host",
                        n ->
                            n.address("192.0.2.1")
                                .user("rke")
                                .roles(Role.WORKER)
                                .machineTemplate("gpu")
                                .replaceUnreachable(Duration.ofMinutes(1), 1))
                    .build());

    assertThat(refused.problems())
        .extracting(problem -> problem.path() + " " + problem.problem())
        .anyMatch(text -> text.startsWith("nodes[0].replacement is only for workers"))
        .anyMatch(text -> text.startsWith("nodes[1].replacement a node is replaced after 1 minute"))
        .anyMatch(text -> text.startsWith("nodes[2].replacement one node at a time"))
        .anyMatch(text -> text.startsWith("nodes[3].replacement is only for workers"))
        .anyMatch(text -> text.startsWith("nodes[3].machine has a template and no machine"));
  }

  @Test
  void nodesOfAPoolAreReplacedTogetherAndMadeByOneTemplate() {
    ClusterSpec spec =
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .node("cp", n -> n.machine(2, "4Gi", "20Gi").roles(Role.ETCD, Role.CONTROL_PLANE))
            .pool(
                "w",
                2,
                n ->
                    n.machineTemplate("gpu")
                        .machine(2, "4Gi", "20Gi")
                        .roles(Role.WORKER)
                        .replaceUnreachable(Duration.ofMinutes(10), 2))
            .build();

    assertThat(spec.nodesWith(Role.WORKER))
        .allSatisfy(
            node -> {
              assertThat(node.replacement())
                  .isEqualTo(
                      new MachineReplacement.WhenUnreachable("w", Duration.ofMinutes(10), 2));
              assertThat(node.machine()).isEqualTo(new VirtualMachine(2, "4Gi", "20Gi", "gpu"));
            });
    assertThat(spec.nodes().get(0).replacement()).isEqualTo(new MachineReplacement.Never());
  }

  @Test
  void aPlainSpecificationHasNone() {
    assertThat(problems(spec -> {})).isEmpty();
  }

  @Test
  void serviceOptionsAreNamedOneByOne() {
    assertThat(
            problems(
                spec ->
                    spec.services(
                        s ->
                            s.kubelet(
                                k ->
                                    k.arg("--max-pods", "1")
                                        .bind("/a:/a")
                                        .bind("a")
                                        .env("A=1")
                                        .env("secret")))))
        .containsExactly(
            "services.kubelet.extra_args.--max-pods: is not the name of a flag; write it without"
                + " dashes",
            "services.kubelet.extra_binds[1]: 'a' is not a mount; write"
                + " /host/path:/container/path[:options]",
            "services.kubelet.extra_env[1]: is not in the form NAME=value");
  }

  @Test
  void dockerIsInstalledFromOnePlaceAndItsTlsIsOurs() {
    assertThat(
            problems(
                spec ->
                    spec.docker(
                        d ->
                            d.install("newest; rm")
                                .install("20.10")
                                .installScript("ftp://a/b", "12")
                                .option("hosts", List.of())
                                .option("debug", true)
                                .option("debug", false)
                                .option("log-opts", Map.of("a", new Object())))))
        .containsExactly(
            "docker.install: 'newest; rm' is no version, such as 20.10",
            "docker.install: is given twice; keep one of them",
            "docker.install: 'ftp://a/b' is no address of the web",
            "docker.options.hosts: cannot be set; call tls(…) for a port with TLS",
            "docker.options.debug: is given twice; keep one of them",
            "docker.options.log-opts: has values that JSON does not have; use texts, numbers,"
                + " booleans, lists and maps");
  }

  @Test
  void dockerOfHostsThatAreThereIsNobodysBusinessUnlessSomebodySaysSo() {
    DockerSpec made = new DockerBuilder(new Problems()).install().build();
    DockerSpec all = new DockerBuilder(new Problems()).install().onExistingHosts().build();
    NodeSpec host = onlyNode().build().nodes().get(0);

    assertThat(made.concerns(host)).isFalse();
    assertThat(all.concerns(host)).isTrue();
    assertThat(DockerSpec.NONE.concerns(host)).isFalse();
  }

  @Test
  void labelsAndTaintsFollowKubernetes() {
    assertThat(
            problems(
                spec ->
                    spec.node(
                        "b",
                        n ->
                            n.address("10.0.0.2")
                                .user("root")
                                .roles(Role.WORKER)
                                .label("Example.com/a", "b")
                                .label("a", "b c")
                                .taint("a/b/c", "d", Taint.Effect.NO_SCHEDULE)
                                .taint("a", "-", Taint.Effect.NO_EXECUTE))))
        .containsExactly(
            "nodes[1].taints[0]: 'a/b/c' is not a key; write name or domain/name",
            "nodes[1].taints[1]: '-' is not a value; use letters, digits, '-', '_' and '.', up to"
                + " 63",
            "nodes[1].labels.Example.com/a: 'Example.com/a' is not a key; write name or"
                + " domain/name",
            "nodes[1].labels.a: 'b c' is not a value; use letters, digits, '-', '_' and '.', up to"
                + " 63");
  }

  @Test
  void aMalformedRangeIsNotComparedWithOthers() {
    assertThat(
            problems(spec -> spec.network(n -> n.serviceCidr("10.43.0.0").dnsServer("10.99.0.10"))))
        .containsExactly("network.serviceCidr: '10.43.0.0' is not a CIDR such as 10.42.0.0/16");
  }

  @Test
  void pluginOptionsThatFlannelWouldTripOverAreFound() {
    assertThat(
            problems(
                spec ->
                    spec.network(
                        n ->
                            n.option("flannel_backend_port", "0")
                                .option("flannel_backend_vni", "x")
                                .option("flannel_iface", "a/b"))))
        .containsExactly(
            "network.options.flannel_backend_port: '0' is not a number; give one from 1 to 65535",
            "network.options.flannel_backend_vni: 'x' is not a number; give one from 1 to 16777215",
            "network.options.flannel_iface: 'a/b' is not a network interface");
  }

  @Test
  void addonsAreChecked() {
    assertThat(
            problems(
                spec ->
                    spec.addons(
                        a ->
                            a.dns(
                                    d ->
                                        List.of("1.1.1.1:53", "tls://9.9.9.9", "1.2")
                                            .forEach(d::upstreamServer))
                                .metrics(m -> m.replicas(0).pods(p -> p.nodesWith("a", "?")))
                                .jobTimeout(Duration.ZERO))))
        .containsExactly(
            "dns.upstreamnameservers[2]: '1.2' is neither an IP address nor a host name",
            "monitoring.replicas: must be at least 1, but is 0; deploy no metrics-server by"
                + " provider none",
            "monitoring.node_selector.a: '?' is not a value; use letters, digits, '-', '_' and"
                + " '.', up to 63",
            "addon_job_timeout: must be above 0, but is 0 s; give seconds");
  }

  @Test
  void placementIsChecked() {
    assertThat(
            problems(
                spec ->
                    spec.network(
                            n ->
                                n.plugin("flannel")
                                    .mtu(1400)
                                    .pods(
                                        p ->
                                            p.tolerate(Toleration.EVERYTHING)
                                                .update(new UpdateStrategy.Recreate())))
                        .addons(
                            a ->
                                a.dns(
                                        d ->
                                            d.stubDomain("a b", List.of())
                                                .stubDomain("corp", List.of("1.2"))
                                                .reverseCidr("10.0.0.0")
                                                .pods(
                                                    p ->
                                                        p.update(new UpdateStrategy.OnDelete())
                                                            .priorityClass("A")))
                                    .metrics(
                                        m ->
                                            m.pods(
                                                p ->
                                                    p.update(new UpdateStrategy.Rolling("0", "0%"))
                                                        .tolerate(Toleration.of("a b"))))
                                    .ingress(
                                        i ->
                                            i.pods(p -> p.update(UpdateStrategy.rolling("0")))
                                                .dnsPolicy("Own")
                                                .env(Map.of("value", "marker"))))))
        .containsExactly(
            "network.update_strategy: Recreate is not for a DaemonSet; use RollingUpdate or"
                + " OnDelete",
            "dns.stubdomains.a b: 'a b' is not a DNS domain",
            "dns.stubdomains.a b: has no servers; give their addresses",
            "dns.stubdomains.corp[0]: '1.2' is neither an IP address nor a host name",
            "dns.reversecidrs[0]: '10.0.0.0' is not a CIDR such as 10.42.0.0/16",
            "dns.update_strategy: OnDelete is not for a Deployment; use RollingUpdate or Recreate",
            "dns.options.coredns_priority_class_name: 'A' is not the name of a priority class",
            "monitoring.update_strategy.rollingUpdate.maxUnavailable: is 0, so that no pod could"
                + " ever be replaced; allow one",
            "monitoring.tolerations[0]: 'a b' is not a key; write name or domain/name",
            "ingress.update_strategy.rollingUpdate.maxUnavailable: is 0, so that no pod could ever"
                + " be replaced; allow one",
            "ingress.dns_policy: 'Own' is not a DNS policy; use ClusterFirst,"
                + " ClusterFirstWithHostNet, Default or None",
            "ingress.extra_envs[0]: has no name",
            "network.tolerations: mean nothing to flannel, which tolerates every taint; leave it"
                + " out",
            "network.mtu: is not an option of flannel, which finds it out itself; leave it out");
  }

  @Test
  void namesOfTheApiServerMayStandForADomain() {
    assertThat(problems(spec -> spec.apiServerName("*.example.com").apiServerName("a b")))
        .containsExactly("authentication.sans[1]: 'a b' is neither an IP address nor a host name");
  }

  @Test
  void endlessTextsAreRefusedWithoutExhaustingTheStack() {
    String endless = "a.".repeat(50_000) + "a";

    assertThat(
            problems(
                spec ->
                    spec.apiServerName(endless)
                        .image(SystemImage.ETCD, endless.replace('.', '/'))
                        .kubernetes("v9999999999.1.1")
                        .network(n -> n.clusterDomain(endless))))
        .hasSize(4);
  }

  @Test
  void snapshotsThatAreNeverKeptAreFound() {
    assertThat(
            problems(
                spec -> spec.services(s -> s.snapshots(Duration.ofHours(12), Duration.ofHours(6)))))
        .containsExactly(
            "services.etcd: snapshots every 12h kept for 6h leave none: keep them for at least one"
                + " interval");
  }

  private static List<String> problems(Consumer<ClusterSpec.Builder> change) {
    ClusterSpec.Builder spec = onlyNode();
    change.accept(spec);
    InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, spec::build);
    return refused == null
        ? List.of()
        : refused.problems().stream().map(SpecProblem::toString).toList();
  }

  private static ClusterSpec.Builder onlyNode() {
    return ClusterSpec.named("c1")
        .kubernetes("v1.20.15-rancher2-1")
        .node("a", n -> n.address("10.0.0.1").user("root").roles(Role.values()));
  }
}
