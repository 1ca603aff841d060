package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.CertificateSpec;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.core.builtin.ExistingMachines;
import io.rke4j.core.builtin.job.JobAddonDeployerProvider;
import io.rke4j.core.builtin.state.DirectoryStateStore;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.fake.FakeContainerRuntime;
import io.rke4j.core.fake.FakeHosts;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.pki.Clusters;
import io.rke4j.core.pki.ForeignAuthority;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.core.pki.RequestFolder;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.testkit.PatientContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidedPlacementTest {

  private static final NodeName NODE = new NodeName("n1");
  private static final ImageRef IMAGE = new ImageRef("rancher/hyperkube:v1");
  private static final List<String> COMPONENTS =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet");
  private static final CertificateIssuer ISSUER =
      new CertificateIssuer(Clock.systemUTC(), Runnable::run);

  private final ForeignAuthority authority = ForeignAuthority.named("CN=Lab CA");
  private final FakeHosts hosts = new FakeHosts();
  private final OperationContext context = new PatientContext();

  @TempDir private Path folder;
  private Map<String, Secret> files = Map.of();

  private static ClusterSpec spec(CertificateSpec certificates, String... names) {
    ClusterSpec.Builder spec =
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .node("n1", n -> n.address("192.0.2.1").user("rke").roles(Role.values()))
            .certificates(certificates);
    List.of(names).forEach(spec::apiServerName);
    return spec.build();
  }

  private static Resolved resolve(ClusterSpec spec) {
    return Resolution.of(spec, new ExistingMachines());
  }

  @BeforeEach
  void haveEverythingSigned() throws IOException {
    Resolved cluster = resolve(spec(CertificateSpec.generated()));
    new RequestFolder(folder.resolve("certs"), Runnable::run).write(cluster, Clusters.RUNNING);
    files = authority.provide(folder.resolve("certs"));
  }

  private ClusterMemory memory() {
    return new ClusterMemory(
        DirectoryStateStore.at(folder.resolve("state")), "c1", Clock.systemUTC());
  }

  /** A cluster that runs, with its files on its host. */
  private void build(ClusterSpec spec) {
    Resolved cluster = resolve(spec);
    CertificateBundle bundle = ISSUER.issue(cluster, CertificateBundle.EMPTY, Clusters.RUNNING);
    ClusterMemory memory = memory();
    memory.remember(cluster, bundle);
    memory.finish(cluster, Set.of());
    FakeContainerRuntime engine = hosts.engine(NODE);
    for (String component : COMPONENTS) {
      engine.ensureRunning(ContainerSpec.named(component, IMAGE).build(), context);
    }
    engine.writeFiles(
        ContainerSpec.named("carrier", IMAGE).build(),
        NodeFiles.of(cluster, cluster.nodes().get(0), bundle),
        context);
  }

  private static Workplace workplace(Resolved cluster, ClusterMemory memory) {
    return new Workplace(
        cluster,
        Workplaces.machines(memory),
        memory,
        ISSUER,
        new Workplace.Api(new JobAddonDeployerProvider(), Optional.empty()),
        Workplace.Notices.NONE);
  }

  private static Step step(List<Step> steps, String action) {
    return steps.stream().filter(s -> s.id().action().equals(action)).findFirst().orElseThrow();
  }

  private Decision place(List<Step> steps) {
    return ((Step.OnNode) step(steps, "place-certificates"))
        .inspect(hosts.look(NODE).orElseThrow());
  }

  private static Decision issue(List<Step> steps) {
    return ((Step.OnCluster) step(steps, "issue-certificates")).inspect();
  }

  @Test
  void aCertificateThatIsReplacedInTheFolderIsReplacedOnHostsAndItsReaderRestarted()
      throws IOException {
    build(spec(CertificateSpec.provided(files)));
    Map<String, Secret> changed = new HashMap<>(files);
    String request = Files.readString(folder.resolve("certs/kube-scheduler-csr.pem"));
    changed.put("kube-scheduler.pem", authority.sign(request));
    Resolved cluster = resolve(spec(CertificateSpec.provided(changed)));
    try (Workplace place = workplace(cluster, memory())) {
      List<Step> steps = ProvisionSequence.steps(cluster, place);
      assertThat(issue(steps))
          .isEqualTo(
              Decision.replace(
                  List.of("take kube-scheduler as provided: the one in use is another")));
      assertThat(place(steps))
          .isEqualTo(
              Decision.replace(
                  List.of(
                      "replace /etc/kubernetes/ssl/kube-scheduler.pem", "restart kube-scheduler")));

      int before = hosts.engine(NODE).mutations().size();
      ((Step.OnCluster) step(steps, "issue-certificates")).apply(context);
      ((Step.OnNode) step(steps, "place-certificates")).apply(hosts.open(NODE), context);

      List<String> done = hosts.engine(NODE).mutations();
      assertThat(done.subList(before, done.size()))
          .containsExactly(
              "write files by cert-deployer",
              "restart kube-scheduler",
              // That nothing is left to be restarted.
              "write files by cert-deployer");
    }
    try (Workplace place = workplace(cluster, memory())) {
      List<Step> steps = ProvisionSequence.steps(cluster, place);
      assertThat(issue(steps).isUpToDate()).isTrue();
      assertThat(place(steps).isUpToDate()).isTrue();
    }
  }

  @Test
  void whereFilesAreThePlanDoesNotPromiseThatNoneIsReplaced() {
    build(spec(CertificateSpec.generated()));
    Resolved renamed = resolve(spec(CertificateSpec.generated(), "api.example.test"));
    try (Workplace place = workplace(renamed, memory())) {
      List<Step> steps = ProvisionSequence.steps(renamed, place);
      assertThat(place(steps)).isInstanceOf(Decision.Deferred.class);
      assertThat(place.kubeconfig()).as("of the certificates in use").isPresent();

      ((Step.OnCluster) step(steps, "issue-certificates")).apply(context);
      assertThat(place(steps))
          .isEqualTo(
              Decision.replace(
                  List.of(
                      "replace /etc/kubernetes/ssl/kube-apiserver.pem",
                      "restart kube-apiserver",
                      "restart kube-controller-manager")));
    }
  }

  @Test
  void whatIsWrongWithThemIsSaidBeforeAHostIsReached() {
    files.remove("kube-proxy.pem");
    ClusterSpec spec = spec(CertificateSpec.provided(files));
    try (ClusterProvisioner rke =
        ClusterProvisioner.builder().stateDirectory(folder.resolve("s")).build()) {
      assertThatThrownBy(() -> rke.plan(spec))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("certificates/kube-proxy.pem: is missing");
      assertThatThrownBy(() -> rke.planOffline(spec)).isInstanceOf(InvalidSpecException.class);
      assertThatThrownBy(() -> rke.check(spec)).isInstanceOf(InvalidSpecException.class);
    }
  }

  @Test
  void aProvisionerWritesRequestsAndTakesWhatWasSigned() throws IOException {
    Path certs = folder.resolve("again");
    try (ClusterProvisioner rke =
        ClusterProvisioner.builder().stateDirectory(folder.resolve("s")).build()) {
      ClusterSpec spec = spec(CertificateSpec.generated());
      assertThat(rke.requestCertificates(spec, certs)).hasSize(8).allMatch(r -> r.keyIsNew());
      for (Map.Entry<String, Secret> file : authority.provide(certs).entrySet()) {
        Files.writeString(certs.resolve(file.getKey()), file.getValue().reveal());
      }
      assertThat(rke.planOffline(spec.withCertificates(CertificateSpec.from(certs))).render())
          .contains("take kube-apiserver as provided", "issue kube-service-account-token")
          .doesNotContain("issue kube-proxy");
    }
  }

  @Test
  void aFolderWithoutCertificatesIsNamed() {
    assertThatThrownBy(() -> CertificateSpec.from(folder.resolve("nowhere")))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("nowhere: cannot be read (NoSuchFileException)");
    assertThatThrownBy(() -> CertificateSpec.from(folder))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("holds no certificate");
  }
}
