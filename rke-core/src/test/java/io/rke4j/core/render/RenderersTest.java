package io.rke4j.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.AdmissionSpec;
import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.EcrLogin;
import io.rke4j.api.cluster.EventRateLimits;
import io.rke4j.api.cluster.PodSecurity;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.AdmissionFile;
import io.rke4j.core.host.Probe;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.RunResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderersTest {

  private static final Resolved SINGLE = Samples.resolve(Samples.single(Samples.V1_20));

  @Test
  void joiningMemberNamesTheMembersItJoins() {
    Resolved cluster = Samples.resolve(Samples.threeNodes(Samples.V1_20));
    List<ClusterNode> members = cluster.nodes().subList(0, 2);

    ContainerSpec etcd = Etcd.joining(members).render(cluster, members.get(1), Samples.DEBIAN);

    assertThat(etcd.program().command())
        .contains(
            "--initial-cluster-state=existing",
            "--initial-cluster=etcd-alpha=https://192.0.2.11:2380,etcd-beta=https://10.0.0.12:2380");
  }

  @Test
  void theCleanerSeesTheVolumeDriverOfCalicoAndTheInterfaceOfItsFlannel() {
    ContainerSpec cleaner =
        rendered(
            new HostCleaner(),
            Samples.resolve(
                Samples.single(Samples.V1_20)
                    .network(
                        n ->
                            n.plugin("canal")
                                .option("flannel_backend_vni", "5")
                                .option("canal_flannel_backend_vni", "7")
                                .option("canal_flex_volume_plugin_dir", "/opt/flex/own~uds"))));

    assertThat(cleaner.program().env())
        .contains("NETWORK_PLUGIN=canal", "FLANNEL_VNI=7", "FLEX_VOLUME=own~uds");
    assertThat(cleaner.mounts().binds()).contains("/opt/flex:/host/flex-volumes");
    assertThat(rendered(new HostCleaner(), SINGLE).mounts().binds())
        .noneMatch(bind -> bind.endsWith("/host/flex-volumes"));
  }

  @Test
  void theCleanerKnowsTheAddressesOfPodsAsFirewallsSpellThem() {
    Resolved dual =
        Samples.resolve(
            Samples.dualStack(Samples.V1_30)
                .network(n -> n.podCidr("10.42.0.0/16", "FD01:0::/64")));

    assertThat(rendered(new HostCleaner(), dual).program().env())
        .contains("POD_CIDR=10.42.0.0/16", "POD_CIDR_IPV6=fd01::/64");
    assertThat(rendered(new HostCleaner(), SINGLE).program().env())
        .noneMatch(variable -> variable.startsWith("POD_CIDR_IPV6"));
  }

  @Test
  void onlyAddressesOfPodsAreToldByCriDockerd() {
    Resolved services =
        Samples.resolve(
            Samples.single(Samples.V1_30)
                .network(n -> n.serviceCidr("10.43.0.0/16", "fd98::/108")));

    assertThat(rendered(new Kubelet(), services).program().env())
        .noneMatch(variable -> variable.startsWith("RKE_KUBELET_CRIDOCKERD_DUALSTACK"));
    assertThat(
            rendered(new Kubelet(), Samples.resolve(Samples.dualStack(Samples.V1_30)))
                .program()
                .env())
        .contains("RKE_KUBELET_CRIDOCKERD_DUALSTACK=true");
  }

  @Test
  void withoutAuthorizationTheApiServerAsksNobody() {
    Resolved cluster = authorized(AuthorizationMode.NONE);

    assertThat(rendered(new KubeApiServer(), cluster).program().entrypoint())
        .noneMatch(flag -> flag.startsWith("--authorization-mode"));
    assertThat(rendered(new KubeControllerManager(), cluster).program().command()).isEmpty();
  }

  @Test
  void whereNodesKeepAnswersPodsAskTheirNode() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_20)
                .addons(a -> a.dns(d -> d.nodeLocal("169.254.20.10", p -> {}))));

    assertThat(rendered(new Kubelet(), cluster).program().entrypoint())
        .contains("--cluster-dns=169.254.20.10");
    assertThat(rendered(new HostCleaner(), cluster).program().env())
        .contains("NODE_LOCAL_DNS=169\\.254\\.20\\.10|10\\.43\\.0\\.10");
    assertThat(rendered(new HostCleaner(), SINGLE).program().env()).contains("NODE_LOCAL_DNS=");
  }

  @Test
  void hostNamesAreNotAdvertised() {
    Resolved cluster =
        Samples.resolve(
            ClusterSpec.named("c1")
                .kubernetes(Samples.V1_20)
                .node(
                    "n1",
                    n ->
                        n.address("n1.lab")
                            .user("rke")
                            .roles(Role.CONTROL_PLANE, Role.ETCD, Role.WORKER)));

    assertThat(rendered(new KubeApiServer(), cluster).program().entrypoint())
        .noneMatch(flag -> flag.startsWith("--advertise-address"));
  }

  @Test
  void replacedImagesAreUsed() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_20)
                .image(SystemImage.KUBERNETES, "mirror.lab:5000/hyperkube:v1.20.15-own")
                .image(SystemImage.POD_INFRA_CONTAINER, "mirror.lab:5000/pause:3.6"));
    ContainerSpec kubelet = rendered(new Kubelet(), cluster);

    assertThat(kubelet.image().value()).isEqualTo("mirror.lab:5000/hyperkube:v1.20.15-own");
    assertThat(kubelet.program().entrypoint())
        .contains("--pod-infra-container-image=mirror.lab:5000/pause:3.6");
  }

  @Test
  void onlyControlPlaneNodesHaveAnAuditPolicy() {
    Resolved cluster = Samples.resolve(Samples.separateRoles(Samples.V1_17));

    assertThat(cluster.nodes().stream().map(node -> ConfigFiles.of(cluster, node).size()))
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void auditPolicyIsTheOneThatRkeWrites() {
    HostFile policy = ConfigFiles.of(SINGLE, SINGLE.nodes().get(0)).get(0);

    assertThat(policy.path()).isEqualTo("/etc/kubernetes/audit-policy.yaml");
    assertThat(policy.mode()).isEqualTo(0600);
    Golden.check("files", "audit-policy.yaml", policy.content().reveal());
  }

  @Test
  void loginsToRegistriesAreAFileOfTheKubeletAndNothingElse() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_20)
                .registry("registry.lab:5000", r -> r.login("me", Secret.of("pass:word")))
                .registry("docker.io", r -> r.login("hub", Secret.of("secret")))
                .registry("open.lab", r -> r.byDefault()));
    HostFile logins = RegistryLogins.file(cluster, Samples.DEBIAN);

    assertThat(RegistryLogins.apply(cluster)).isTrue();
    assertThat(RegistryLogins.apply(SINGLE)).isFalse();
    assertThat(logins.path()).isEqualTo("/var/lib/kubelet/config.json");
    assertThat(logins.mode()).isEqualTo(0600);
    Golden.check("files", "config.json", logins.content().reveal() + "\n");
    assertThat(rendered(new Kubelet(), cluster).program())
        .hasToString(
            rendered(new Kubelet(), SINGLE)
                .program()
                .toString()
                .replace("rancher/mirrored-pause", "open.lab/rancher/mirrored-pause"));
  }

  @Test
  void keysOfAmazonDoNotReachTheHosts() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_20)
                .registry(
                    "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                    r -> r.ecr(EcrLogin.keys(Secret.of("MARKER"), Secret.of("MARKER")))));

    assertThat(RegistryLogins.apply(cluster)).isTrue();
    assertThat(RegistryLogins.file(cluster, Samples.DEBIAN).content().reveal())
        .isEqualTo(
            "{\"auths\":{},\"credHelpers\":"
                + "{\"123456789012.dkr.ecr.eu-west-1.amazonaws.com\":\"ecr-login\"}}");
  }

  @Test
  void helpersSeeWhatLiesBelowThePrefix() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_30)
                .hostPrefix("/opt/own")
                .registry("registry.lab:5000", r -> r.login("me", Secret.of("pass:word"))));

    assertThat(RegistryLogins.path(cluster, Samples.DEBIAN))
        .isEqualTo("/opt/own/var/lib/kubelet/config.json");
    assertThat(rendered(Deployers.REGISTRY_LOGINS, cluster).mounts().binds())
        .containsExactly("/opt/own/var/lib/kubelet:/opt/own/var/lib/kubelet");
    assertThat(rendered(Deployers.CERTIFICATES, cluster).mounts().binds())
        .containsExactly("/opt/own/etc/kubernetes:/etc/kubernetes");
    assertThat(rendered(Deployers.ETCD_FOLDER, cluster).mounts().binds())
        .containsExactly("/opt/own/var/lib/etcd:/var/lib/rancher/etcd/");
    ContainerSpec cleaner = rendered(new HostCleaner(), cluster);
    assertThat(cleaner.program().env()).contains("HOST_PREFIX=/opt/own");
    assertThat(cleaner.mounts().binds())
        .contains(
            "/opt/own:/host/prefix", "/opt/own/var/lib/kubelet:/opt/own/var/lib/kubelet:shared");
    assertThat(rendered(new HostCleaner(), SINGLE).mounts().binds())
        .contains("/var/lib/kubelet:/var/lib/kubelet:shared")
        .noneMatch(bind -> bind.contains("prefix"));
  }

  @Test
  void policyOfTheUsersOwnTakesItsPlace() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_20)
                .services(s -> s.kubeApi(o -> o.arg("audit-policy-file", "/srv/policy.yaml"))));

    assertThat(ConfigFiles.of(cluster, cluster.nodes().get(0))).isEmpty();
    assertThat(rendered(new KubeApiServer(), cluster).program().entrypoint())
        .contains("--audit-policy-file=/srv/policy.yaml");
  }

  @Test
  void withoutAuditLogThereIsNeitherPolicyNorFlagNorMount() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_20).services(s -> s.apiServer(a -> a.noAuditLog())));
    ContainerSpec apiServer = rendered(new KubeApiServer(), cluster);

    assertThat(ConfigFiles.of(cluster, cluster.nodes().get(0))).isEmpty();
    assertThat(apiServer.program().entrypoint()).noneMatch(flag -> flag.startsWith("--audit"));
    assertThat(apiServer.program().env()).isEmpty();
    assertThat(apiServer.mounts().binds()).noneMatch(bind -> bind.contains("kube-audit"));
  }

  @Test
  void limitsOnEventsAreAddedToTheUsersPluginsOnce() {
    String configured =
        AdmissionFile.of(
            new AdmissionSpec(
                false,
                false,
                new EventRateLimits(true, List.of()),
                "plugins: [{name: EventRateLimit, path: own.yaml}]"),
            false,
            "");

    assertThat(configured).containsOnlyOnce("EventRateLimit").contains("own.yaml");
  }

  @Test
  void podSecurityIsConfiguredOnce() {
    String own = "plugins: [{name: PodSecurity, path: own.yaml}]";
    AdmissionSpec both =
        new AdmissionSpec(false, false, EventRateLimits.OFF, own, PodSecurity.RESTRICTED);

    assertThat(AdmissionFile.of(both, true, "v1")).containsOnlyOnce("PodSecurity");
    assertThat(AdmissionFile.problems("place", both))
        .anyMatch(problem -> problem.problem().contains("so does pod_security_configuration"));
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.V1_20, Samples.V1_30})
  void helpersLookLikeThis(String version) {
    Resolved single = Samples.resolve(Samples.single(version));
    StringBuilder text = new StringBuilder();
    for (ContainerRenderer helper :
        List.of(
            PortListener.ETCD,
            PortListener.CONTROL_PLANE,
            PortListener.WORKER,
            new PortChecker(List.of("192.0.2.11:2379", "192.0.2.12:2380")),
            Deployers.CERTIFICATES,
            Deployers.FILES,
            Deployers.REGISTRY_LOGINS,
            Deployers.ETCD_FOLDER)) {
      text.append("---\n").append(ContainerText.of(rendered(helper, single)));
    }
    Golden.check("helpers", version, text.toString());
  }

  @Test
  void checkerTellsWhatItDidNotReach() {
    assertThat(
            PortChecker.unreachable(new RunResult(1, "192.0.2.11:2379\n\n192.0.2.12:2380\n", "")))
        .containsExactly("192.0.2.11:2379", "192.0.2.12:2380");
    assertThat(PortChecker.unreachable(new RunResult(0, "", ""))).isEmpty();
  }

  @Test
  void healthIsAskedOnTheNode() {
    assertThat(health(Samples.V1_20))
        .containsExactly(
            "https://10.0.0.12:2379/health",
            "https://localhost:6443/healthz",
            "http://localhost:10252/healthz",
            "http://localhost:10251/healthz",
            "http://localhost:10248/healthz",
            "http://localhost:10256/healthz");
    assertThat(health(Samples.V1_30))
        .contains("https://localhost:10257/healthz", "https://localhost:10259/healthz");
  }

  @Test
  void onlyWhatListensOnTheHostItselfMayHaveACertificateOfItsOwn() {
    Resolved cluster = Samples.resolve(Samples.threeNodes(Samples.V1_30));
    ClusterNode beta = cluster.nodes().get(1);

    assertThat(Component.values())
        .filteredOn(c -> Health.of(c, cluster, beta).trust() == Probe.Trust.ANYONE)
        .containsExactly(Component.KUBE_CONTROLLER_MANAGER, Component.KUBE_SCHEDULER)
        .allMatch(c -> Health.of(c, cluster, beta).address().equals("localhost"));
  }

  @Test
  void thePodSecurityStandardIsSaidEvenIfNobodyAsksForIt() {
    Resolved cluster = Samples.resolve(Samples.single(Samples.V1_30));

    assertThat(ConfigFiles.of(cluster, cluster.nodes().get(0)))
        .filteredOn(file -> file.path().equals("/etc/kubernetes/admission.yaml"))
        .singleElement()
        .satisfies(
            file -> Golden.check("files", "admission-by-version.yaml", file.content().reveal()));
  }

  private static List<String> health(String version) {
    Resolved cluster = Samples.resolve(Samples.threeNodes(version));
    ClusterNode beta = cluster.nodes().get(1);
    return Stream.of(Component.values())
        .map(component -> Health.of(component, cluster, beta).toString())
        .toList();
  }

  private static Resolved authorized(AuthorizationMode mode) {
    return Samples.resolve(Samples.single(Samples.V1_20).authorization(mode));
  }

  private static ContainerSpec rendered(ContainerRenderer renderer, Resolved cluster) {
    return renderer.render(cluster, cluster.nodes().get(0), Samples.DEBIAN);
  }
}
