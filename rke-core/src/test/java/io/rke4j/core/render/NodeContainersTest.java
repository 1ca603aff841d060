package io.rke4j.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SnapshotBucket;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeContainersTest {

  @ParameterizedTest
  @ValueSource(strings = {Samples.V1_17, Samples.V1_20, Samples.V1_30})
  void oneHostRunsEverything(String version) {
    check(version + "-single", Samples.resolve(Samples.single(version)), Samples.DEBIAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.V1_17, Samples.V1_20, Samples.V1_30})
  void threeHostsOfMixedRolesTakeTheUsersWishes(String version) {
    check(version + "-three", Samples.resolve(Samples.threeNodes(version)), Samples.DEBIAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.V1_17, Samples.V1_20, Samples.V1_30})
  void hostsWithoutApiServerReachItThroughNginx(String version) {
    check(version + "-separate", Samples.resolve(Samples.separateRoles(version)), Samples.DEBIAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.V1_17, Samples.V1_20, Samples.V1_30})
  void selinuxConfinesWhatIsNotPrivileged(String version) {
    check(
        version + "-selinux-arm", Samples.resolve(Samples.single(version)), Samples.SELINUX_ON_ARM);
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.V1_17, Samples.V1_20, Samples.V1_30})
  void anApiServerIsToldAllItCanBeTold(String version) {
    Resolved cluster = Samples.resolve(Samples.strict(version));
    ClusterNode node = cluster.nodes().get(0);

    check(version + "-strict", cluster, Samples.DEBIAN, Set.of("kube-apiserver"));
    StringBuilder files = new StringBuilder();
    for (HostFile file : ConfigFiles.of(cluster, node)) {
      files
          .append("--- ")
          .append(file.path())
          .append(' ')
          .append(Integer.toOctalString(file.mode()));
      files.append('\n').append(file.content().reveal());
    }
    Golden.check("files", version + "-strict", files.toString());
  }

  @Test
  void kubeletsServeWithACertificateThatTheApiServerChecks() {
    Resolved cluster =
        Samples.resolve(
            Samples.separateRoles(Samples.V1_20).services(s -> s.kubeletServingCertificates(true)));

    check(
        Samples.V1_20 + "-certified", cluster, Samples.DEBIAN, Set.of("kubelet", "kube-apiserver"));
  }

  @Test
  void kubeletsUseDockerThroughCriDockerdAsTheUserWants() {
    Resolved cluster =
        Samples.resolve(Samples.single(Samples.V1_30).criDockerdStreams("192.0.2.1", 10011));

    check(Samples.V1_30 + "-streams", cluster, Samples.DEBIAN, Set.of("kubelet"));
  }

  @Test
  void componentsKnowTheAddressesOfBothFamilies() {
    Resolved cluster = Samples.resolve(Samples.dualStack(Samples.V1_30));

    check(
        Samples.V1_30 + "-dual",
        cluster,
        Samples.DEBIAN,
        Set.of("kube-apiserver", "kube-controller-manager", "kubelet", "kube-proxy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.V1_17, Samples.V1_20, Samples.V1_30})
  void filesLieBelowThePrefix(String version) {
    Resolved cluster =
        Samples.resolve(
            Samples.single(version)
                .hostPrefix("/opt/own/")
                .services(s -> s.kubelet(o -> o.bind("/var/lib/kubelet:/their/own"))));

    check(
        version + "-prefix",
        cluster,
        Samples.DEBIAN,
        Set.of("etcd", "etcd-rolling-snapshots", "kube-apiserver", "kubelet", "kube-proxy"));
  }

  @Test
  void operatingSystemsWhoseRootIsNotTheirsHaveAPrefixOfTheirOwn() {
    Resolved usual = Samples.resolve(Samples.single(Samples.V1_20));
    Resolved own = Samples.resolve(Samples.single(Samples.V1_20).hostPrefix("/data"));

    assertThat(usual.prefix(system("Debian GNU/Linux 12 (bookworm)")).isRoot()).isTrue();
    assertThat(usual.prefix(system("Flatcar Container Linux by Kinvolk 3815.2.0")).path())
        .isEqualTo("/opt/rke");
    assertThat(usual.prefix(system("Container Linux by CoreOS 2023.4.0 (Rhyolite)")).path())
        .isEqualTo("/opt/rke");
    assertThat(usual.prefix(system("RancherOS v1.5.8")).path()).isEqualTo("/opt/rke");
    assertThat(usual.prefix(system("Boot2Docker 19.03.12")).path()).isEqualTo("/mnt/sda1/rke");
    assertThat(own.prefix(system("Flatcar Container Linux")).path()).isEqualTo("/data");
  }

  private static EngineFacts system(String name) {
    return new EngineFacts("20.10.24", name, "x86_64", "/var/lib/docker", "cgroupfs", List.of());
  }

  @Test
  void kubeProxyLoadsAModuleIfItIsTo() {
    Resolved cluster =
        Samples.resolve(Samples.single(Samples.V1_30).network(n -> n.loadBridgeFilter(true)));

    check(Samples.V1_30 + "-bridge", cluster, Samples.DEBIAN, Set.of("kube-proxy"));
  }

  @Test
  void countedSnapshotsAreSavedAsRkeDoesIt() {
    Resolved cluster =
        Samples.resolve(Samples.single(Samples.V1_20).services(s -> s.countedSnapshots(48, 3)));

    check(Samples.V1_20 + "-counted", cluster, Samples.DEBIAN, Set.of("etcd-rolling-snapshots"));
  }

  @Test
  void loginOfTheBucketIsInAFileAndNotInTheContainer() {
    SnapshotBucket bucket =
        SnapshotBucket.of("s3.example.com", "snapshots")
            .inRegion("eu-west-1")
            .inFolder("one")
            .loggedIn(Secret.of("AKIA-MARKER"), Secret.of("it's MARKER+/="));
    for (String version : List.of(Samples.V1_17, Samples.V1_20)) {
      Resolved cluster =
          Samples.resolve(
              Samples.single(version).services(s -> s.countedSnapshots(12, 6).snapshotsTo(bucket)));

      check(version + "-bucket", cluster, Samples.DEBIAN, Set.of("etcd-rolling-snapshots"));
      HostFile file =
          ConfigFiles.of(cluster, cluster.nodes().get(0)).stream()
              .filter(one -> one.path().equals(SnapshotKeys.PATH))
              .findFirst()
              .orElseThrow();
      assertThat(file.mode()).isEqualTo(0600);
      assertThat(file.content().reveal())
          .isEqualTo(
              version.equals(Samples.V1_17)
                  ? "S3_ACCESS_KEY='AKIA-MARKER'\nS3_SECRET_KEY='it'\\''s MARKER+/='\n"
                  : """
                  S3_ACCESS_KEY='QUtJQS1NQVJLRVI='
                  S3_SECRET_KEY='aXQncyBNQVJLRVIrLz0='
                  """);
    }
  }

  @Test
  void bucketWithoutALoginNeedsNoFile() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_20)
                .services(s -> s.snapshotsTo(SnapshotBucket.of("s3.example.com:9000", "b"))));

    assertThat(ConfigFiles.of(cluster, cluster.nodes().get(0)))
        .noneMatch(file -> file.path().equals(SnapshotKeys.PATH));
    assertThat(
            new EtcdSnapshots()
                .render(cluster, cluster.nodes().get(0), Samples.DEBIAN)
                .program()
                .command())
        .startsWith("/opt/rke-tools/rke-etcd-backup")
        .containsSequence(
            "--s3-backup=true", "--s3-endpoint=s3.example.com:9000", "--s3-bucketName=b");
  }

  @Test
  void containersComeInTheOrderInWhichTheyStart() {
    Resolved cluster = Samples.resolve(Samples.single(Samples.V1_20));

    assertThat(names(cluster, cluster.nodes().get(0)))
        .containsExactly(
            "etcd",
            "etcd-rolling-snapshots",
            "service-sidekick",
            "kube-apiserver",
            "kube-controller-manager",
            "kube-scheduler",
            "kubelet",
            "kube-proxy");
  }

  @Test
  void workersHaveNoPlaneButTheirOwn() {
    Resolved cluster = Samples.resolve(Samples.separateRoles(Samples.V1_20));

    assertThat(names(cluster, cluster.nodes().get(3)))
        .containsExactly("nginx-proxy", "service-sidekick", "kubelet", "kube-proxy");
  }

  @Test
  void renderingTwiceGivesTheSame() {
    Resolved once = Samples.resolve(Samples.threeNodes(Samples.V1_20));
    Resolved again = Samples.resolve(Samples.threeNodes(Samples.V1_20));

    for (int node = 0; node < 3; node++) {
      assertThat(containers(once, once.nodes().get(node), Samples.DEBIAN))
          .isEqualTo(containers(again, again.nodes().get(node), Samples.DEBIAN));
    }
  }

  /** One file per component: how it looks on each node. */
  private static void check(String name, Resolved cluster, EngineFacts engine) {
    check(name, cluster, engine, Set.of());
  }

  private static void check(
      String name, Resolved cluster, EngineFacts engine, Set<String> components) {
    Map<String, StringBuilder> texts = new TreeMap<>();
    for (ClusterNode node : cluster.nodes()) {
      for (ContainerSpec container : containers(cluster, node, engine)) {
        texts
            .computeIfAbsent(container.name(), component -> new StringBuilder())
            .append("--- ")
            .append(node.name())
            .append('\n')
            .append(ContainerText.of(container));
      }
    }
    if (!components.isEmpty()) {
      texts.keySet().retainAll(components);
    }
    texts.forEach((component, text) -> Golden.check(component, name, text.toString()));
  }

  private static List<String> names(Resolved cluster, ClusterNode node) {
    return containers(cluster, node, Samples.DEBIAN).stream().map(ContainerSpec::name).toList();
  }

  private static List<ContainerSpec> containers(
      Resolved cluster, ClusterNode node, EngineFacts engine) {
    return NodeContainers.of(cluster, node).stream()
        .map(renderer -> renderer.render(cluster, node, engine))
        .toList();
  }
}
