package io.rke4j.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rke4j.api.check.CheckReport;
import io.rke4j.api.check.Finding;
import io.rke4j.api.check.Finding.Severity;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.IngressPorts;
import io.rke4j.api.cluster.IngressPorts.Mode;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.Manifests;
import io.rke4j.core.pki.Expiry;
import io.rke4j.core.resource.Resource;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.spi.runtime.RegistryException;
import io.rke4j.spi.runtime.RegistryException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {

  private static final String HEALTHY = Resource.text(PreflightTest.class, "/check/healthy.txt");

  private static final SeenEngine ENGINE = having();

  private static SeenEngine having(String... containers) {
    return engine(Set.of(containers), List.of());
  }

  private static SeenEngine engine(Set<String> containers, List<ProviderException> refusals) {
    EngineFacts facts =
        new EngineFacts(
            "20.10.24", "Debian GNU/Linux 12", "x86_64", "/var/lib/docker", "systemd", List.of());
    return new SeenEngine(facts, containers, Set.of(), refusals);
  }

  private static final Resolved CLUSTER =
      CheckedClusters.resolve(
          ClusterSpec.named("c1")
              .kubernetes("v1.20.15-rancher2-1")
              .node("alpha", n -> n.address("192.0.2.11").user("rke").roles(Role.values()))
              .node("beta", n -> n.address("192.0.2.12").user("rke").roles(Role.WORKER))
              .network(n -> n.plugin("flannel"))
              .build());

  private static String without(String key) {
    return HEALTHY.lines().filter(line -> !line.startsWith(key)).reduce("", (a, b) -> a + b + "\n");
  }

  private static Subject alpha(String facts) {
    return new Subject(CLUSTER, CLUSTER.nodes().get(0), true, ENGINE, Facts.of(facts), 0);
  }

  private static Subject beta(String facts, long ahead) {
    ClusterNode node = CLUSTER.nodes().get(1);
    return new Subject(CLUSTER, node, true, ENGINE, Facts.of(facts), ahead);
  }

  private static String ofBeta() {
    return HEALTHY
        .replace("192.0.2.11", "192.0.2.12")
        .replace("hostname=alpha", "hostname=beta")
        .replace("machine-id=3", "machine-id=4")
        .replace("52:54:00:12:34:56", "52:54:00:12:34:57");
  }

  @Test
  void healthyHostsGiveNoFindings() {
    CheckReport report = Preflight.report(List.of(alpha(HEALTHY), beta(ofBeta(), 1)), List.of());

    assertThat(report.findings()).isEmpty();
    assertThat(report.blocks()).isFalse();
    assertThat(report.render())
        .isEqualTo("2 hosts, " + Preflight.checks() + " checks each: 0 in the way, 0 warnings\n");
  }

  @Test
  void hostThatSaysNothingIsNotAccused() {
    assertThat(Preflight.report(List.of(alpha("clock=1795392856")), List.of()).findings())
        .extracting(Finding::check)
        .containsExactly("nameserver");
  }

  static Stream<Arguments> sickHosts() {
    return Stream.of(
        sick("architecture", Severity.BLOCKS, HEALTHY.replace("x86_64", "riscv64")),
        sick("processors", Severity.WARNS, HEALTHY.replace("processors=4", "processors=1")),
        sick("memory", Severity.BLOCKS, HEALTHY.replace("memory=8167844", "memory=500000")),
        sick("memory", Severity.WARNS, HEALTHY.replace("memory=8167844", "memory=1500000")),
        sick("swap", Severity.WARNS, HEALTHY.replace("swap=0", "swap=1048576")),
        sick("cgroup-controllers", Severity.BLOCKS, without("cgroup=memory")),
        sick("kernel-modules", Severity.BLOCKS, HEALTHY.replace("vxlan yes", "vxlan no")),
        sick("service-network", Severity.WARNS, HEALTHY + "service-address=answered\n"),
        sick("ip-forward", Severity.BLOCKS, HEALTHY.replace("ip_forward 1", "ip_forward 0")),
        sick("bridge-netfilter", Severity.BLOCKS, HEALTHY.replace("iptables 1", "iptables 0")),
        sick("inotify-instances", Severity.WARNS, HEALTHY.replace("instances 128", "instances 64")),
        sick("inotify-watches", Severity.WARNS, HEALTHY.replace("watches 65536", "watches 4096")),
        sick(
            "conntrack",
            Severity.WARNS,
            HEALTHY.replace("conntrack_max 131072", "conntrack_max 8192")),
        sick("pid-max", Severity.WARNS, HEALTHY.replace("pid_max 4194304", "pid_max 4096")),
        sick(
            "open-files",
            Severity.WARNS,
            HEALTHY.replace("file-max 9223372036854775807", "file-max 4096")),
        sick(
            "kubelet-space",
            Severity.BLOCKS,
            HEALTHY.replace("kubelet 41152812 30864608", "kubelet 41152812 3000000")),
        sick(
            "etcd-space",
            Severity.BLOCKS,
            HEALTHY.replace("etcd 41152812 30864608", "etcd 41152812 1000000")),
        sick(
            "inodes",
            Severity.BLOCKS,
            HEALTHY.replace(
                "docker 41152812 30864608 2621440 2500000", "docker 41152812 30864608 2621440 25")),
        sick(
            "mount-options",
            Severity.BLOCKS,
            HEALTHY.replace(
                "disk=/opt 41152812 30864608 2621440 2500000",
                "disk=/opt 41152812 30864608 2621440 2500000 noexec")),
        sick(
            "etcd-disk-speed",
            Severity.WARNS,
            HEALTHY.replace("etcd 20847 27728", "etcd 20847 500000")),
        sick(
            "etcd-disk-speed",
            Severity.BLOCKS,
            HEALTHY.replace("etcd 20847 27728", "etcd 20847 5000000")),
        sick("default-route", Severity.BLOCKS, without("route=default")),
        sick(
            "internal-address",
            Severity.BLOCKS,
            HEALTHY.replace("eth0 192.0.2.11/24", "eth0 10.0.0.7/24")),
        sick(
            "network-overlap",
            Severity.BLOCKS,
            HEALTHY + "route=10.42.7.0/24 dev eth1 scope link\n"),
        sick(
            "network-overlap",
            Severity.BLOCKS,
            HEALTHY + "route=10.0.0.0/8 via 192.0.2.1 dev eth0\n",
            2),
        sick("ports-free", Severity.BLOCKS, HEALTHY + "listening=6443\n"),
        sick("nameserver", Severity.WARNS, without("nameserver")),
        sick("nameserver-count", Severity.WARNS, HEALTHY + "nameserver=192.0.2.53\n".repeat(3)),
        sick("nameserver-loop", Severity.WARNS, without("upstream-resolver")),
        sick("own-name", Severity.WARNS, HEALTHY.replace("itself=yes", "itself=no")),
        sick("firewall", Severity.WARNS, HEALTHY + "service=firewalld\n"),
        sick("other-kubernetes", Severity.BLOCKS, HEALTHY + "service=k3s\n"),
        sick("network-manager", Severity.WARNS, HEALTHY + "service=NetworkManager\n"),
        sick("time-service", Severity.WARNS, without("service=systemd-timesyncd")),
        sick("selinux", Severity.WARNS, HEALTHY + "selinux=1\n"),
        sick("apparmor", Severity.BLOCKS, HEALTHY.replace("apparmor=usable", "apparmor=unusable")),
        sick("leftover-files", Severity.BLOCKS, HEALTHY + "leftover=/etc/kubernetes/ssl\n"),
        sick(
            "leftover-interfaces",
            Severity.WARNS,
            HEALTHY + "interface=flannel.1 1450 02:00:00:00:00:01\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "address6=eth0 2001:db8::11/64 | ''",
        "address6=eth0 2001:db8::11/64;route6=fd01:0:0:1::/64 dev eth0 | ''",
        "ipv6=absent | ipv6@alpha BLOCKS",
        "ipv6=disabled | ipv6@alpha WARNS",
        "search=1 | ipv6@alpha WARNS",
        "address6=eth0 fd01::11/64;route6=fd01::/64 dev eth0 | network-overlap@alpha BLOCKS",
        "address6=eth0 fd98::7/128;route6=fd98::7 dev eth0 | network-overlap@alpha BLOCKS"
      })
  void podsWithIpv6NeedHostsWithIpv6(String facts, String finding) {
    ClusterSpec.Builder spec =
        spec("v1.30.14-rancher1-1")
            .network(
                n ->
                    n.plugin("calico")
                        .podCidr("10.42.0.0/16", "fd01::/64")
                        .serviceCidr("10.43.0.0/16", "fd98::/108"));
    String seen = HEALTHY + facts.replace(';', '\n') + "\n";

    assertThat(found(withEngine(spec, "27.0.3", "systemd", seen)))
        .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
    assertThat(found(alpha(HEALTHY + facts.replace(';', '\n')))).isEmpty();
  }

  private static Arguments sick(String check, Severity severity, String facts) {
    return sick(check, severity, facts, 1);
  }

  private static Arguments sick(String check, Severity severity, String facts, int times) {
    return arguments(check, severity, facts, times);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("sickHosts")
  void eachSicknessIsFoundAndNothingElse(String check, Severity severity, String facts, int times) {
    List<Finding> findings = Preflight.report(List.of(alpha(facts)), List.of()).findings();

    assertThat(findings).hasSize(times);
    assertThat(findings).extracting(Finding::check).containsOnly(check);
    assertThat(findings).extracting(Finding::severity).containsOnly(severity);
    assertThat(findings.get(0).host()).isEqualTo("alpha");
    assertThat(findings.get(0).remedy()).isNotBlank();
    assertThat(findings.get(0).evidence()).isNotEmpty().noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "v1.20.15-rancher2-1, -,            0,    80:443:10251:10252:10257:10259",
        "v1.20.15-rancher2-1, HOST_NETWORK, 8081, 443:8081:10251:10252:10257:10259",
        "v1.20.15-rancher2-1, HOST_PORT,    0,    8080:8443:10251:10252:10257:10259",
        "v1.20.15-rancher2-1, NONE,         0,    10251:10252:10257:10259",
        "v1.30.14-rancher1-1, -,            0,    80:443:10257:10259",
        "v1.30.14-rancher1-1, HOST_PORT,    8081, 8080:8443:10257:10259",
      })
  void onlyThosePortsMustBeFreeThatTheVersionAndTheIngressControllerUse(
      String version, @Nullable Mode mode, int flag, String ports) {
    ClusterSpec.Builder spec =
        ClusterSpec.named("c1")
            .kubernetes(version)
            .node("alpha", n -> n.address("192.0.2.11").user("rke").roles(Role.values()))
            .network(n -> n.plugin("flannel"));
    if (mode != null) {
      boolean isOwn = mode == Mode.HOST_PORT;
      IngressPorts reached = new IngressPorts(mode, isOwn ? 8080 : 80, isOwn ? 8443 : 443);
      spec.addons(a -> a.ingress(i -> i.ports(reached)));
    }
    if (flag != 0) {
      spec.addons(a -> a.ingress(i -> i.extraArg("http-port", Integer.toString(flag))));
    }
    Resolved cluster = CheckedClusters.resolve(spec.build());
    Subject host = new Subject(cluster, cluster.nodes().get(0), true, ENGINE, Facts.of(HEALTHY), 0);

    assertThat(NeededPorts.of(host).keySet().stream().sorted().map(String::valueOf))
        .filteredOn(port -> !Set.of("2379", "2380", "6443", "10250", "10256").contains(port))
        .containsExactly(ports.split(":", -1));
  }

  @Test
  void hostsWithoutAWorkerNeedNoPortsOfTheIngressController() {
    assertThat(found(alpha(HEALTHY + "listening=80\n"))).containsExactly("ports-free@alpha BLOCKS");
    Resolved cluster =
        CheckedClusters.resolve(
            ClusterSpec.named("c1")
                .kubernetes("v1.20.15-rancher2-1")
                .node(
                    "alpha",
                    n -> n.address("192.0.2.11").user("rke").roles(Role.CONTROL_PLANE, Role.ETCD))
                .network(n -> n.plugin("flannel"))
                .build());
    Facts facts = Facts.of(HEALTHY + "listening=80\nlistening=443\n");

    assertThat(found(new Subject(cluster, cluster.nodes().get(0), true, ENGINE, facts, 0)))
        .isEmpty();
  }

  @Test
  void clockOfOneHostIsHeldAgainstTheOthers() {
    assertThat(found(alpha(HEALTHY), beta(ofBeta(), 5))).containsExactly("clock@beta WARNS");
    assertThat(found(alpha(HEALTHY), beta(ofBeta(), -90))).containsExactly("clock@beta BLOCKS");
  }

  @Test
  void hostsThatWereClonedAreNoticed() {
    String clone = HEALTHY.replace("192.0.2.11", "192.0.2.12");

    assertThat(found(alpha(HEALTHY), beta(clone, 0)))
        .containsExactlyInAnyOrder(
            "hardware-address@alpha BLOCKS",
            "hardware-address@beta BLOCKS",
            "machine-id@alpha WARNS",
            "machine-id@beta WARNS",
            "hostname@alpha WARNS",
            "hostname@beta WARNS");
  }

  @Test
  void hostWithAnotherPacketSizeIsNamed() {
    String small = ofBeta().replace("eth0 1500", "eth0 1400");

    assertThat(found(alpha(HEALTHY), beta(small, 0))).containsExactly("mtu@beta WARNS");
  }

  @ParameterizedTest
  @CsvSource({
    "flannel, 0, 1400, ''",
    "canal, 0, 1500, ''",
    "canal, 0, 1460, 'set network.mtu to 1410, or give the host an MTU of 1500'",
    "canal, 1410, 1460, ''",
    "canal, 8900, 1500, 'set network.mtu to 1450, or give the host an MTU of 8950'",
    "calico, 0, 1460, ''",
    "calico, 0, 1450, 'set network.mtu to 1430, or give the host an MTU of 1460'",
    "calico, 1430, 1450, ''",
    "weave, 0, 1400, ''"
  })
  void packetsOfPodsHaveToFitIntoThoseOfTheirHost(
      String plugin, int mtu, int ofTheHost, String remedy) {
    ClusterSpec.Builder spec = spec("v1.20.15-rancher2-1").network(n -> n.plugin(plugin).mtu(mtu));
    String facts = HEALTHY.replace("eth0 1500", "eth0 " + ofTheHost);

    List<Finding> found =
        Preflight.report(List.of(withEngine(spec, "20.10.24", "systemd", facts)), List.of())
            .findings();

    assertThat(found).extracting(Finding::check).allMatch("mtu"::equals);
    assertThat(found)
        .extracting(Finding::remedy)
        .isEqualTo(remedy.isEmpty() ? List.of() : List.of(remedy));
  }

  @Test
  void packetsOfPodsNeedNoRoomForVxlanWhereThereIsNone() {
    ClusterSpec.Builder spec =
        spec("v1.20.15-rancher2-1")
            .network(n -> n.plugin("canal").option("canal_flannel_backend_type", "host-gw"));

    assertThat(
            found(
                withEngine(spec, "20.10.24", "systemd", HEALTHY.replace("eth0 1500", "eth0 1450"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"canal", "calico"})
  void packetsOfPodsAreAsLargeAsTheirPluginIsTold(String plugin) {
    Resolved cluster =
        CheckedClusters.resolve(spec("v1.20.15-rancher2-1").network(n -> n.plugin(plugin)).build());

    assertThat(Manifests.of(cluster).get(0).manifest().yaml())
        .contains("veth_mtu: \"" + PodPackets.of(cluster).orElseThrow().size() + "\"");
  }

  @Test
  void containersOfAnotherClusterBlock() {
    Subject taken =
        new Subject(
            CLUSTER, CLUSTER.nodes().get(0), true, having("kubelet", "web"), Facts.of(HEALTHY), 0);

    assertThat(found(taken)).containsExactly("other-cluster@alpha BLOCKS");
  }

  @Test
  void whatTheClusterItselfHasPutOnItsHostsIsNoFinding() {
    String running =
        HEALTHY
            + "leftover=/etc/kubernetes/ssl\n"
            + "listening=6443\n"
            + "interface=cni0 1450 02:00:00:00:00:01\n"
            + "route=10.42.0.0/24 dev cni0 scope link\n";
    Subject member =
        new Subject(
            CLUSTER, CLUSTER.nodes().get(0), false, having("kubelet"), Facts.of(running), 0);

    assertThat(found(member)).isEmpty();
  }

  static Stream<Arguments> refusals() {
    ImageRef hub = new ImageRef("rancher/rke-tools:v0.1.80");
    ImageRef own = new ImageRef("registry.example:5000/rancher/rke-tools:v0.1.80");
    return Stream.of(
        arguments(
            Severity.BLOCKS,
            new RegistryException(own, "alpha", "me", Reason.LOGIN_REFUSED, "unauthorized", null)),
        arguments(
            Severity.BLOCKS, new ImageUnavailableException(own, "alpha", "unknown", false, null)),
        arguments(
            Severity.WARNS, new ImageUnavailableException(own, "alpha", "timeout", true, null)),
        arguments(
            Severity.WARNS, new ImageUnavailableException(hub, "alpha", "unknown", false, null)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void registryThatRefusesIsFound(Severity severity, ProviderException refusal) {
    assertThat(found(refused(refusal, HEALTHY))).containsExactly("registry@alpha " + severity);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example no, registry-name@alpha BLOCKS",
    "registry.example yes, registry@alpha BLOCKS",
    "registry-1.docker.io no, registry@alpha BLOCKS"
  })
  void registryWhoseNameTheHostDoesNotKnowIsAMatterOfItsDns(String resolves, String finding) {
    ImageRef image = new ImageRef("registry.example:5000/rancher/rke-tools:v0.1.80");
    RegistryException refusal =
        new RegistryException(image, "alpha", "", Reason.UNKNOWN, "no such host", null);

    assertThat(found(refused(refusal, HEALTHY + "resolves=" + resolves + "\n")))
        .containsExactly(finding);
  }

  @Test
  void whatTheDnsOfAHostIsTold() {
    ImageRef image = new ImageRef("registry.example:5000/rancher/rke-tools:v0.1.80");
    ImageUnavailableException refusal =
        new ImageUnavailableException(image, "alpha", "i/o timeout", true, null);

    Finding finding =
        Preflight.report(
                List.of(refused(refusal, HEALTHY + "resolves=registry.example no\n")), List.of())
            .findings()
            .get(0);

    assertThat(finding.severity()).isEqualTo(Severity.WARNS);
    assertThat(finding.what()).isEqualTo("the host's DNS does not know registry.example");
    assertThat(finding.evidence())
        .startsWith(
            "getent hosts registry.example finds nothing",
            "/etc/resolv.conf: nameserver 127.0.0.53")
        .last()
        .asString()
        .contains("i/o timeout");
    assertThat(finding.remedy()).contains("/etc/resolv.conf", "/etc/hosts");
  }

  @Test
  void onlyNamesOfRegistriesAreLookedUp() {
    assertThat(
            RegistryChecks.names(
                Stream.of("a:1", "reg.example/a:1", "reg.example:5000/b:1", "192.0.2.7:5000/a:1")
                    .<ProviderException>map(
                        image ->
                            new ImageUnavailableException(
                                new ImageRef(image), "alpha", "no", false, null))
                    .toList()))
        .containsExactly("registry-1.docker.io", "reg.example");
  }

  @Test
  void aWrongLoginIsCalledOne() {
    ImageRef image = new ImageRef("registry.example:5000/rancher/rke-tools:v0.1.80");
    RegistryException refusal =
        new RegistryException(image, "alpha", "me", Reason.LOGIN_REFUSED, "unauthorized", null);

    Finding finding =
        Preflight.report(List.of(refused(refusal, HEALTHY)), List.of()).findings().get(0);

    assertThat(finding.what()).isEqualTo("the login for registry registry.example:5000 is wrong");
    assertThat(finding.evidence())
        .containsExactly(
            "cannot pull registry.example:5000/rancher/rke-tools:v0.1.80 on alpha: registry"
                + " registry.example:5000 refuses the login of user 'me' (unauthorized).");
    assertThat(finding.remedy()).contains("user and password", "private_registries");
  }

  private static Subject refused(ProviderException refusal, String facts) {
    SeenEngine seen = engine(Set.of(), List.of(refusal));
    return new Subject(CLUSTER, CLUSTER.nodes().get(0), true, seen, Facts.of(facts), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "e,  2.6, BLOCKS",
    "e,  2.7, WARNS",
    "e,  6.7, ''",
    "c,  6.5, ''",
    "w,  2.9, BLOCKS",
    "w,  3.1, WARNS",
    "w,  7.1, ''",
    "cew, 3.1, BLOCKS",
    "cew, 7.1, WARNS",
    "cew, 7.3, ''"
  })
  void roomIsNeededForTheImagesOfTheHostsRoles(String roles, double free, String severity) {
    assertThat(imageSpace(roles, free, true))
        .isEqualTo(severity.isEmpty() ? List.of() : List.of("image-space@alpha " + severity));
  }

  @Test
  void imagesThatAreThereNeedNoMoreRoom() {
    assertThat(imageSpace("cew", 2, false)).containsExactly("image-space@alpha WARNS");
    assertThat(imageSpace("cew", 4.1, false)).isEmpty();
  }

  private static List<String> imageSpace(String roles, double free, boolean isMissing) {
    Role[] own =
        Stream.of(Role.values())
            .filter(role -> roles.contains(role.name().substring(0, 1).toLowerCase(Locale.ROOT)))
            .toArray(Role[]::new);
    Resolved cluster =
        CheckedClusters.resolve(
            ClusterSpec.named("c1")
                .kubernetes("v1.20.15-rancher2-1")
                .node("alpha", n -> n.address("192.0.2.11").user("rke").roles(own))
                .node("beta", n -> n.address("192.0.2.12").user("rke").roles(Role.values()))
                .network(n -> n.plugin("flannel"))
                .build());
    ClusterNode node = cluster.nodes().get(0);
    SeenEngine seen =
        new SeenEngine(
            ENGINE.facts(),
            Set.of(),
            isMissing ? ImageSizes.kib(cluster, node).keySet() : Set.of(),
            List.of());
    String facts =
        HEALTHY.replace(
            "docker 41152812 30864608", "docker 11152812 " + Math.round(free * 1024 * 1024));
    return found(new Subject(cluster, node, true, seen, Facts.of(facts), 0));
  }

  @Test
  void packetsThatGetLostOnTheWayToAHostAreFound() {
    assertThat(found(alpha(HEALTHY + "udp=192.0.2.12 silence\n"), beta(ofBeta(), 0)))
        .containsExactly("udp@alpha WARNS");
    assertThat(found(alpha(HEALTHY + "udp=192.0.2.12 No route to host\n"), beta(ofBeta(), 0)))
        .containsExactly("udp@alpha WARNS");
  }

  @Test
  void hostThatRefusesPacketsGetsThem() {
    assertThat(found(alpha(HEALTHY + "udp=192.0.2.12 Connection refused\n"), beta(ofBeta(), 0)))
        .isEmpty();
  }

  @Test
  void hostThatListensAlreadyNeedNotRefusePackets() {
    Subject listener = beta(ofBeta() + "interface=flannel.1 1450 02:00:00:00:00:01\n", 0);

    assertThat(found(alpha(HEALTHY + "udp=192.0.2.12 silence\n"), listener))
        .containsExactly("leftover-interfaces@beta WARNS");
  }

  @Test
  void eachHostKnocksAtItsSuccessors() {
    assertThat(Knocks.of(CLUSTER, CLUSTER.nodes().get(0))).containsExactly("8472", "192.0.2.12");
    assertThat(Knocks.of(CLUSTER, CLUSTER.nodes().get(1))).containsExactly("8472", "192.0.2.11");
  }

  @Test
  void oldKubernetesAndNewControlGroupsDoNotGoTogether() {
    Resolved old = CheckedClusters.resolve(spec("v1.17.6-rancher2-2").build());
    Subject host = new Subject(old, old.nodes().get(0), true, ENGINE, Facts.of(HEALTHY), 0);

    assertThat(found(host)).containsExactly("cgroup-version@alpha BLOCKS");
  }

  @ParameterizedTest
  @CsvSource({
    "24.0.9, v0.1.96, ''",
    "25.0.0, v0.1.96, engine-api@alpha BLOCKS",
    "28.5.1, v0.1.97, ''",
    "29.0.0, v0.1.96, engine-api@alpha BLOCKS",
    "29.0.0, v0.1.106, engine-api@alpha WARNS",
    "29.1.2, v0.1.107, ''",
    "29.1.2, own, ''",
    "dev, v0.1.96, ''"
  })
  void criDockerdAndTheEngineHaveToUnderstandEachOther(
      String engine, String tools, String finding) {
    ClusterSpec.Builder spec =
        spec("v1.30.14-rancher1-1")
            .anyEngineVersion()
            .image(SystemImage.KUBERNETES_SERVICES_SIDECAR, "rancher/rke-tools:" + tools);

    assertThat(found(withEngine(spec, engine, "systemd", HEALTHY)))
        .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
  }

  private static Subject withEngine(
      ClusterSpec.Builder spec, String version, String cgroupDriver, String facts) {
    Resolved cluster = CheckedClusters.resolve(spec.build());
    EngineFacts engine =
        new EngineFacts(
            version, "Debian GNU/Linux 12", "x86_64", "/var/lib/docker", cgroupDriver, List.of());
    SeenEngine seen = new SeenEngine(engine, Set.of(), Set.of(), List.of());
    return new Subject(cluster, cluster.nodes().get(0), true, seen, Facts.of(facts), 0);
  }

  private static ClusterSpec.Builder spec(String kubernetes) {
    return ClusterSpec.named("c1")
        .kubernetes(kubernetes)
        .node("alpha", n -> n.address("192.0.2.11").user("rke").roles(Role.values()))
        .network(n -> n.plugin("flannel"));
  }

  @ParameterizedTest
  @CsvSource({
    "20.10.24, v1.20.15-rancher2-1, false",
    "23.0.1, v1.20.15-rancher2-1, true",
    "20.1.0, v1.20.15-rancher2-1, true",
    "dev, v1.20.15-rancher2-1, true",
    "27.2.1, v1.30.14-rancher1-1, false",
    "28.5.1, v1.30.14-rancher1-1, true"
  })
  void engineHasToBeOneThatTheVersionWasReleasedFor(
      String engine, String kubernetes, boolean blocks) {
    assertThat(found(withEngine(spec(kubernetes), engine, "systemd", HEALTHY)))
        .isEqualTo(blocks ? List.of("engine-version@alpha BLOCKS") : List.of());
    assertThat(found(withEngine(spec(kubernetes).anyEngineVersion(), engine, "systemd", HEALTHY)))
        .isEmpty();
  }

  @Test
  void controlGroupsAreForSystemdAloneToManage() {
    String without = HEALTHY.replace("systemd=running", "systemd=offline");
    String first = HEALTHY.replace("cgroup2fs", "tmpfs");

    assertThat(found(cgroupfs(HEALTHY))).containsExactly("cgroup-driver@alpha WARNS");
    assertThat(found(cgroupfs(without))).isEmpty();
    assertThat(found(cgroupfs(first))).isEmpty();
  }

  private static Subject cgroupfs(String facts) {
    return withEngine(spec("v1.20.15-rancher2-1"), "20.10.24", "cgroupfs", facts);
  }

  @ParameterizedTest
  @CsvSource({"systemd, 0", "cgroupfs, 1"})
  void kubeletTakesTheDriverOfTheEngineWhateverItsArgumentsSay(String wanted, int findings) {
    ClusterSpec.Builder one =
        spec("v1.20.15-rancher2-1")
            .services(s -> s.kubelet(kubelet -> kubelet.arg("cgroup-driver", wanted)));
    ClusterSpec.Builder several =
        spec("v1.20.15-rancher2-1")
            .services(
                s ->
                    s.kubelet(
                        kubelet -> kubelet.repeatedArg("cgroup-driver", List.of("none", wanted))));

    for (ClusterSpec.Builder spec : List.of(one, several)) {
      assertThat(found(withEngine(spec, "20.10.24", "systemd", HEALTHY)))
          .hasSize(findings)
          .allMatch("cgroup-driver@alpha WARNS"::equals);
    }
  }

  @Test
  void everyCheckHasAHostThatFailsIt() {
    Set<String> shown =
        new TreeSet<>(Set.of("clock", "machine-id", "hostname", "hardware-address"));
    shown.addAll(
        Set.of("mtu", "other-cluster", "cgroup-version", "registry", "udp", "certificate-expiry"));
    shown.addAll(
        Set.of(
            "engine-api",
            "engine-version",
            "ipv6",
            "cgroup-driver",
            "connection",
            "registry-name",
            "image-space"));
    sickHosts().forEach(host -> shown.add((String) host.get()[0]));

    assertThat(new TreeSet<>(Preflight.ids())).isEqualTo(shown);
    assertThat(Preflight.ids()).doesNotHaveDuplicates();
  }

  @Test
  void certificatesThatEndAreFindingsOfTheCluster() {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Expiry soon = new Expiry("kube-proxy", now.plusSeconds(9), "kube-ca", true, false);
    Expiry over = new Expiry("kube-node", now.minusSeconds(9), "kube-ca", false, false);
    Expiry renewed = new Expiry("kube-admin", now.minusSeconds(9), "kube-ca", false, true);

    List<Finding> found = CertificateExpiry.findings("c1", List.of(soon, over, renewed), now);

    assertThat(found).extracting(Finding::host).containsOnly("c1");
    assertThat(found)
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNS, Severity.BLOCKS, Severity.WARNS);
    assertThat(found)
        .extracting(finding -> finding.what() + "; " + finding.remedy())
        .containsExactly(
            "the certificate kube-proxy expires soon; have it signed again by kube-ca, put it in"
                + " the place of kube-proxy.pem, and apply",
            "the certificate kube-node has expired; have it signed by kube-ca, whose key is not"
                + " here, and provide kube-node.pem",
            "the certificate kube-admin has expired; apply the specification, which renews it and"
                + " restarts what reads it");
    assertThat(Preflight.report(List.of(alpha(HEALTHY)), found).findings())
        .extracting(Finding::what)
        .startsWith("the certificate kube-node has expired");
  }

  @Test
  void everyCheckIsInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("../docs/checks.md"));

    assertThat(Preflight.ids()).allSatisfy(id -> assertThat(page).contains("| `" + id + "` |"));
  }

  @Test
  void blockingFindingsComeFirstAndSayWhatToDo() {
    String report =
        Preflight.report(
                List.of(alpha(HEALTHY.replace("swap=0", "swap=2048") + "service=k3s\n")), List.of())
            .render();

    assertThat(report)
        .isEqualTo(
            """
            x other-kubernetes@alpha: another Kubernetes runs: k3s
                  why: two kubelets on one host fight for the same ports and containers
                | systemctl is-active k3s: active
                  do: systemctl disable --now k3s
            ! swap@alpha: swap is on
                  why: pods that are swapped out get slow and nothing says why
                | 2 MiB of swap
                  do: swapoff -a, and take it out of /etc/fstab
            1 host, %d checks each: 1 in the way, 1 warning
            """
                .formatted(Preflight.checks()));
  }

  private static List<String> found(Subject... hosts) {
    List<String> words = new ArrayList<>();
    for (Finding finding : Preflight.report(List.of(hosts), List.of()).findings()) {
      words.add(finding.check() + "@" + finding.host() + " " + finding.severity());
    }
    return words;
  }
}
