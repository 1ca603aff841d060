package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.sun.net.httpserver.HttpServer;
import io.rke4j.api.ClusterFile;
import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.Bastion;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.CriDockerd;
import io.rke4j.api.cluster.ExistingHost;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.IpRanges;
import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.PodSecurity;
import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SnapshotSchedule;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshCertificate;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.cluster.Taint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterYamlTest {

  static final Path FILES = Path.of("src/test/resources/cluster-yml");

  private static final String ONE_NODE =
      """
      nodes:
      - {address: 10.0.0.11, user: root, role: [controlplane, etcd, worker]}
      network: {plugin: none}
      """;

  @TempDir private Path folder;

  @Test
  void theReaderIsFoundByTheApi() {
    assertThat(ClusterFile.read(FILES.resolve("minimal.yml")).name()).isEqualTo("local");
  }

  @Test
  void aFileThatRkeAcceptsIsReadAlike() {
    ClusterSpec spec = new ClusterYaml().read(FILES.resolve("single.yml"));

    assertThat(spec.name()).isEqualTo("c1");
    assertThat(spec.version()).hasToString("v1.20.15-rancher2-1");
    assertThat(spec.runtime().anyEngineVersion()).isTrue();
    assertThat(spec.network().plugin()).isEqualTo(NetworkPlugin.NONE);
    assertThat(spec.services().kubeProxy().args())
        .containsEntry("conntrack-max-per-core", "0")
        .containsEntry("conntrack-tcp-timeout-established", "0s");
    assertThat(spec.nodes()).hasSize(1);
    NodeSpec node = spec.nodes().get(0);
    assertThat(node.name()).hasToString("172.17.0.2");
    assertThat(node.roles()).containsExactly(Role.values());
    assertThat(host(node).ssh().key())
        .isEqualTo(new SshKey.FromFile(FILES.toAbsolutePath().resolve("lab_key")));
  }

  @Test
  void valuesThatSayNothingGiveTheDefaults() {
    ClusterSpec spec = new ClusterYaml().read(FILES.resolve("defaults.yml"));
    ClusterSpec same =
        ClusterSpec.named("local")
            .kubernetes("v1.20.15-rancher2-1")
            .node("10.0.0.11", n -> n.address("10.0.0.11").user("ubuntu").roles(Role.values()))
            .build();

    assertThat(spec).isEqualTo(same);
  }

  @Test
  void rangesOfBothFamiliesAreReadAsRkeDocumentsThem() {
    ClusterSpec spec = new ClusterYaml().read(FILES.resolve("dual-stack.yml"));

    assertThat(spec.network().isDual()).isTrue();
    assertThat(spec.network().podRanges()).isEqualTo(IpRanges.parse("10.42.0.0/16,fd01::/64"));
    assertThat(spec.network().serviceRanges()).isEqualTo(IpRanges.parse("10.43.0.0/16,fd98::/108"));
    assertThat(spec.network().dnsServer()).isEqualTo("10.43.0.10");
  }

  @Test
  void podSecurityAndCriDockerdAreReadForVersionsThatHaveThem() throws IOException {
    Path file = folder.resolve("cluster.yml");
    Files.writeString(
        file,
        ONE_NODE
            + """
            kubernetes_version: v1.30.14-rancher1-1
            cri_dockerd_stream_server_address: 10.0.0.11
            cri_dockerd_stream_server_port: "10011"
            services:
              kube-api: {pod_security_configuration: restricted}
            """);

    ClusterSpec spec = new ClusterYaml().read(file);

    assertThat(spec.services().kubeApi().admission().podSecurity())
        .isEqualTo(PodSecurity.RESTRICTED);
    assertThat(spec.runtime().criDockerd())
        .isEqualTo(new CriDockerd(CriDockerd.Use.BY_VERSION, "10.0.0.11", 10011));
  }

  @Test
  void nodesKeepTheirOrderAndValues() {
    List<NodeSpec> nodes = new ClusterYaml().read(FILES.resolve("three-nodes.yml")).nodes();

    assertThat(nodes)
        .extracting(node -> node.name().value())
        .containsExactly("cp-1", "10.0.0.12", "10.0.0.13");
    ExistingHost first = host(nodes.get(0));
    assertThat(first.address()).isEqualTo("cp-1.example.com");
    assertThat(first.internalAddress()).isEqualTo("192.168.7.11");
    assertThat(first.ssh().port()).isEqualTo(2222);
    assertThat(first.dockerSocket()).isEqualTo("/run/docker.sock");
    assertThat(nodes.get(0).roles()).containsExactly(Role.ETCD, Role.CONTROL_PLANE);
    assertThat(nodes.get(0).labels())
        .containsExactly(Map.entry("example.com/zone", "a"), Map.entry("rack", "7"));
  }

  @Test
  void mergeKeysAndAliasesAreFollowed() {
    NodeSpec merged = new ClusterYaml().read(FILES.resolve("three-nodes.yml")).nodes().get(2);

    assertThat(host(merged).address()).isEqualTo("10.0.0.13");
    assertThat(host(merged).ssh().user()).isEqualTo("ubuntu");
    assertThat(merged.labels()).containsExactly(Map.entry("rack", "8"));
    assertThat(merged.taints())
        .containsExactly(new Taint("example.com/gpu", "true", Taint.Effect.NO_SCHEDULE));
  }

  @Test
  void everySectionReachesTheSpecification() {
    ClusterSpec spec = new ClusterYaml().read(FILES.resolve("three-nodes.yml"));

    assertThat(spec.services().etcd().snapshots())
        .isEqualTo(new SnapshotSchedule(true, Duration.ofMinutes(90), Duration.ofHours(24)));
    assertThat(spec.services().etcd().options().args())
        .containsExactly(Map.entry("quota-backend-bytes", "4294967296"));
    assertThat(spec.network().options())
        .containsEntry("flannel_iface", "eth1")
        .containsEntry("flannel_backend_port", "8473");
    assertThat(spec.network().podCidr()).hasToString("10.52.0.0/16");
    assertThat(spec.network().dnsServer()).isEqualTo("10.53.0.20");
    assertThat(spec.access().extraSans()).containsExactly("api.example.com", "203.0.113.7");
    assertThat(spec.access().authorization()).isEqualTo(AuthorizationMode.NONE);
    assertThat(spec.runtime().images())
        .containsEntry(SystemImage.POD_INFRA_CONTAINER, new ImageRef("example.com/pause:3.6"))
        .hasSize(SystemImage.values().length);
    assertThat(spec.addons().jobTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(spec.addons().metrics().replicas()).isEqualTo(2);
    assertThat(spec.addons().user())
        .extracting(Addon::name, Addon::critical)
        .containsExactly(tuple("rke-user-addon", false), tuple("rke-user-includes-addons", false));
  }

  @Test
  void theInterfaceMayBeNamedInEitherPlace() throws IOException {
    ClusterSpec spec =
        read(
            ONE_NODE.replace(
                "plugin: none", "plugin: flannel, flannel_network_provider: {iface: eth2}"));

    assertThat(spec.network().options()).containsExactly(Map.entry("flannel_iface", "eth2"));
  }

  @Test
  void thePodImageMayBeNamedInEitherPlace() throws IOException {
    ImageRef image = new ImageRef("example.com/pause:1");
    String kubelet = "services: {kubelet: {infra_container_image: 'example.com/pause:1'}}";
    String images = "system_images: {pod_infra_container: 'example.com/pause:1'}";

    for (String text : List.of(kubelet, images)) {
      assertThat(read(ONE_NODE + text).runtime().images())
          .containsExactly(Map.entry(SystemImage.POD_INFRA_CONTAINER, image));
    }
  }

  @Test
  void certificatesBelongToTheKeysBesideThem() throws IOException {
    List<NodeSpec> nodes = new ClusterYaml().read(FILES.resolve("three-nodes.yml")).nodes();
    Path folderOfFile = FILES.toAbsolutePath();

    assertThat(host(nodes.get(0)).ssh().key())
        .isInstanceOfSatisfying(
            SshKey.Certified.class,
            certified -> assertThat(certified.key()).isInstanceOf(SshKey.Inline.class));
    assertThat(host(nodes.get(1)).ssh().key())
        .isEqualTo(
            SshKey.file(folderOfFile.resolve("keys/worker"))
                .certifiedBy(SshCertificate.file(folderOfFile.resolve("keys/worker-cert.pub"))));
    Path home = Path.of(System.getProperty("user.home"), ".ssh");
    assertThat(host(nodes.get(2)).ssh().key())
        .isEqualTo(
            SshKey.file(home.resolve("shop"))
                .certifiedBy(SshCertificate.file(home.resolve("shop-cert.pub"))));
    assertThat(host(read(ONE_NODE + "ssh_cert_path: /c").nodes().get(0)).ssh().key())
        .isEqualTo(
            SshKey.file(home.resolve("id_rsa")).certifiedBy(SshCertificate.file(Path.of("/c"))));
  }

  @Test
  void anAgentTakesThePlaceOfAllKeys() throws IOException {
    ClusterSpec spec =
        read(
            ONE_NODE
                + "ssh_agent_auth: true\nssh_key_path: /k\nssh_cert_path: /c\n"
                + "bastion_host: {address: b, user: u, ssh_agent_auth: false}\n");

    assertThat(host(spec.nodes().get(0)).ssh().key()).isEqualTo(SshKey.agent());
    assertThat(spec.access().bastions().get(0).ssh().key()).isEqualTo(SshKey.agent());
  }

  @Test
  void theBastionHostHasAPortAUserAndAKeyOfItsOwn() throws IOException {
    List<Bastion> bastions =
        new ClusterYaml().read(FILES.resolve("three-nodes.yml")).access().bastions();

    assertThat(bastions).hasSize(1);
    assertThat(bastions.get(0).address()).isEqualTo("bastion.example.com");
    assertThat(bastions.get(0).ssh().port()).isEqualTo(2022);
    assertThat(bastions.get(0).ssh().user()).isEqualTo("jump");
    assertThat(bastions.get(0).ssh().key()).isInstanceOf(SshKey.Certified.class);
    assertThat(
            read(ONE_NODE + "ssh_key_path: /k\nbastion_host: {address: b, user: u}")
                .access()
                .bastions())
        .containsExactly(
            new Bastion("b", new SshAccess("u", 22, new SshKey.FromFile(Path.of("/k")))));
  }

  @Test
  void registriesAreReadWithTheirLogins() throws IOException {
    assertThat(new ClusterYaml().read(FILES.resolve("three-nodes.yml")).runtime().registries())
        .containsExactly(
            new RegistrySpec(
                "registry.example.com:5000", "puller", Secret.of("marker-of-a-password"), true),
            new RegistrySpec("docker.io", "hub-user", Secret.of("12345"), false));
    // As in RKE, images of Docker Hub keep their names if it is the default without a url.
    assertThat(
            read(ONE_NODE + "private_registries: [{user: a, password: b, is_default: true}]")
                .runtime()
                .defaultRegistry())
        .isEmpty();
  }

  @Test
  void etcdKeepsNoSnapshotsIfToldSo() throws IOException {
    ClusterSpec spec = read(ONE_NODE + "services: {etcd: {snapshot: false}}");

    assertThat(spec.services().etcd().snapshots().enabled()).isFalse();
  }

  @Test
  void addonsMayBeSwitchedOff() throws IOException {
    ClusterSpec spec =
        read(
            ONE_NODE
                + "dns: {provider: none}\ningress: {provider: none}\n"
                + "monitoring: {provider: none}\n");

    assertThat(spec.addons().dns().enabled()).isFalse();
    assertThat(spec.addons().ingress().enabled()).isFalse();
    assertThat(spec.addons().metrics().enabled()).isFalse();
  }

  @Test
  void theHomeFolderIsFound() throws IOException {
    ClusterSpec spec = read(ONE_NODE + "ssh_key_path: ~/keys/a");

    assertThat(host(spec.nodes().get(0)).ssh().key())
        .isEqualTo(new SshKey.FromFile(Path.of(System.getProperty("user.home"), "keys", "a")));
  }

  @Test
  void manifestsFromFilesAndServersBecomeOne() throws IOException {
    Files.writeString(folder.resolve("a.yml"), "{apiVersion: v1, kind: A}");
    HttpServer server = server(200, "{apiVersion: v1, kind: B}");
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/b.yml";
      ClusterSpec spec = read(ONE_NODE + "addons_include: [a.yml, '" + address + "']");

      assertThat(spec.addons().user())
          .containsExactly(
              Addon.inline(
                      "rke-user-includes-addons",
                      "{apiVersion: v1, kind: A}\n---\n{apiVersion: v1, kind: B}")
                  .optional());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatHasNoManifestIsAProblemWithoutItsAddress() throws IOException {
    HttpServer server = server(404, "nothing");
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/?token=marker";

      assertThatThrownBy(() -> read(ONE_NODE + "addons_include: ['" + address + "']"))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("line 4, addons_include[0]: cannot be read: the server answered")
          .hasMessageContaining("404")
          .hasMessageNotContaining("marker");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatIsNotThereIsAProblem() throws IOException {
    HttpServer server = server(200, "");
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThatThrownBy(() -> read(ONE_NODE + "addons_include: ['http://127.0.0.1:" + port + "/']"))
        .hasMessageContaining("the server cannot be reached");
  }

  @Test
  void aMissingFileIsAProblem() {
    assertThatThrownBy(() -> new ClusterYaml().read(folder.resolve("cluster.yml")))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("cluster.yml: does not exist");
  }

  @Test
  void aFolderIsAProblem() {
    assertThatThrownBy(() -> new ClusterYaml().read(folder))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void bytesThatAreNotTextAreAProblem() throws IOException {
    Path file = folder.resolve("cluster.yml");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xC3, (byte) 0x28});

    assertThatThrownBy(() -> new ClusterYaml().read(file)).hasMessageContaining("not UTF-8");
  }

  @Test
  void aHugeFileIsAProblem() {
    String comment = String.join("", Collections.nCopies(6 * 1024 * 1024, "#"));

    assertThatThrownBy(() -> read(comment)).hasMessageContaining("larger than 5 MB");
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertThat(read("\uFEFF" + ONE_NODE).nodes()).hasSize(1);
  }

  @Test
  void manyNodesMayShareOneAnchor() throws IOException {
    StringBuilder text = new StringBuilder("nodes:\n- &node\n  address: 10.0.0.1\n  user: root\n");
    text.append("  role: [controlplane, etcd, worker]\n");
    for (int number = 2; number <= 200; number++) {
      text.append("- {<<: *node, address: 10.0.0.").append(number).append("}\n");
    }

    assertThat(read(text + "network: {plugin: none}").nodes()).hasSize(200);
  }

  private ClusterSpec read(String text) throws IOException {
    Path file = folder.resolve("cluster.yml");
    Files.writeString(file, text);
    return new ClusterYaml().read(file);
  }

  private static ExistingHost host(NodeSpec node) {
    return (ExistingHost) node.machine();
  }

  private static HttpServer server(int status, String body) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }
}
