package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterFile;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DnsProvider;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.builtin.ExistingMachines;
import io.rke4j.core.builtin.state.DirectoryStateStore;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.engine.EventBus;
import io.rke4j.core.engine.RunControl;
import io.rke4j.core.engine.Step;
import io.rke4j.core.fake.FakeHosts;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.core.state.EncryptionRecord;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.testkit.PatientContext;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencesTest {

  private static ClusterSpec spec(String shape) {
    return builder(shape).build();
  }

  private static ClusterSpec.Builder builder(String shape) {
    ClusterSpec.Builder builder = ClusterSpec.named("c1").kubernetes("v1.20.15-rancher2-1");
    int number = 0;
    for (String roles : List.of(shape.split("\\|", -1))) {
      int last = ++number;
      builder.node(
          "n" + last,
          n -> {
            n.address("192.0.2." + last).user("rke");
            if (roles.contains("c")) {
              n.roles(Role.CONTROL_PLANE);
            }
            if (roles.contains("e")) {
              n.roles(Role.ETCD);
            }
            if (roles.contains("w")) {
              n.roles(Role.WORKER);
            }
          });
    }
    return builder.registry("registry.lab", r -> r.login("a", Secret.of("b")));
  }

  @Test
  void uploadsThatWouldMakeTheSameFolderComeOneAfterTheOther() {
    ClusterSpec.Builder builder = builder("cew|ew");
    assertThat(beforeConfiguration(builder.build(), "n1")).doesNotContain("place-certificates");

    ClusterSpec encrypted = builder.services(s -> s.apiServer(api -> api.encryptSecrets())).build();

    assertThat(beforeConfiguration(encrypted, "n1")).contains("place-certificates");
    assertThat(beforeConfiguration(encrypted, "n2")).doesNotContain("place-certificates");
  }

  private static Set<String> beforeConfiguration(ClusterSpec spec, String node) {
    Resolved cluster = Resolution.of(spec, new ExistingMachines());
    try (Workplace place = Workplaces.of(cluster)) {
      return ProvisionSequence.steps(cluster, place).stream()
          .filter(step -> step.id().equals(new StepId(Phase.FILES, "place-configuration", node)))
          .flatMap(step -> step.after().stream())
          .map(StepId::action)
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cew", "cew|cew|cew", "e|e|e|c|c|w|w", "ce|w"})
  void theReadingOrderIsOneToWorkIn(String shape) {
    Resolved cluster = Resolution.of(spec(shape), new ExistingMachines());
    Workplace place = Workplaces.of(cluster);
    try (place) {
      checkOrder(ProvisionSequence.steps(cluster, place));
      checkOrder(RemovalSequence.steps(cluster, place));
    }
  }

  @Test
  void logsAreLinkedWhenAllContainersAreThere() {
    Resolved cluster = Resolution.of(spec("cew"), new ExistingMachines());
    try (Workplace place = Workplaces.of(cluster)) {
      assertThat(ProvisionSequence.steps(cluster, place))
          .filteredOn(step -> step.id().action().equals("link-logs"))
          .singleElement()
          .satisfies(
              step ->
                  assertThat(step.after())
                      .extracting(StepId::action)
                      .contains("run-kube-controller-manager", "run-kube-scheduler"));
    }
  }

  @Test
  void aDnsServerIsGoneBeforeAnotherTakesItsService(@TempDir Path folder) {
    ClusterMemory memory =
        new ClusterMemory(DirectoryStateStore.at(folder.resolve("s")), "c1", Clock.systemUTC());
    memory.remember(dns(DnsProvider.COREDNS), CertificateBundle.EMPTY);
    memory.finish(dns(DnsProvider.COREDNS), Set.of("rke-coredns-addon"));

    List<Step> steps = addonSteps(dns(DnsProvider.KUBE_DNS), memory);

    assertThat(steps)
        .filteredOn(step -> step.id().action().equals("deploy-rke-kube-dns-addon"))
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.after())
                    .extracting(StepId::action)
                    .contains("remove-rke-coredns-addon"));
    assertThat(steps)
        .filteredOn(step -> step.id().action().equals("deploy-rke-metrics-addon"))
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.after())
                    .extracting(StepId::action)
                    .doesNotContain("remove-rke-coredns-addon"));
    checkOrder(steps);
  }

  private static Resolved dns(DnsProvider provider) {
    return Resolution.of(
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .addons(a -> a.dns(d -> d.provider(provider)))
            .node(
                "n1",
                n ->
                    n.address("192.0.2.1")
                        .user("rke")
                        .roles(Role.CONTROL_PLANE, Role.ETCD, Role.WORKER))
            .build(),
        new ExistingMachines());
  }

  private static List<Step> addonSteps(Resolved cluster, ClusterMemory memory) {
    try (Workplace place = Workplaces.of(cluster, memory)) {
      return ProvisionSequence.steps(cluster, place);
    }
  }

  private static void checkOrder(List<Step> steps) {
    assertThat(steps).isNotEmpty();
    Set<StepId> earlier = new HashSet<>();
    for (Step step : steps) {
      assertThat(earlier).as("%s", step.id()).containsAll(step.after());
      assertThat(earlier.add(step.id())).as("%s", step.id()).isTrue();
    }
  }

  @Test
  void anEtcdOfOthersIsNeitherStartedNorCheckedNorRemoved() {
    ClusterSpec spec =
        ClusterFile.read(Path.of("src/test/resources/cluster-yml/etcd-external.yml"));
    Resolved cluster = Resolution.of(spec, new ExistingMachines());
    try (Workplace place = Workplaces.of(cluster)) {
      List<Step> steps = ProvisionSequence.steps(cluster, place);
      checkOrder(steps);
      assertThat(steps).noneMatch(step -> step.id().toString().contains("etcd"));
      assertThat(steps).anyMatch(step -> step.id().action().equals("run-kube-apiserver"));

      FakeHosts hosts = new FakeHosts();
      NodeName node = cluster.nodes().get(0).name();
      hosts
          .engine(node)
          .ensureRunning(
              ContainerSpec.named("etcd", new ImageRef("theirs/etcd:v3")).build(),
              new PatientContext());
      for (Step step : RemovalSequence.steps(cluster, place)) {
        if (step instanceof Step.OnNode onNode) {
          assertThat(onNode.inspect(hosts.open(node)).toString()).doesNotContain("etcd");
        }
      }
    }
  }

  @Test
  void etcdOfAnotherUserGetsTheDataBeforeItIsReplaced() {
    FakeHosts hosts = new FakeHosts();
    NodeName node = NodeName.of("10.0.0.11");
    Step.OnNode prepare = etcdStep("prepare-data-directory");

    assertThat(prepare.inspect(hosts.open(node)).toString()).contains("for user 52034:52035");
    hosts
        .engine(node)
        .ensureRunning(
            ContainerSpec.named("etcd", new ImageRef("rancher/etcd:v3")).build(),
            new PatientContext());
    assertThat(prepare.inspect(hosts.open(node)).toString())
        .contains("give /var/lib/etcd to user 52034:52035");
    prepare.apply(hosts.open(node), new PatientContext());
    assertThat(hosts.engine(node).mutations()).contains("run to its end etcd-fix-perm");
    assertThat(hosts.engine(node).files().values())
        .extracting(HostFile::owner)
        .containsExactly(new HostFile.Owner(52034, 52035));
    Step.OnNode run = etcdStep("run-etcd");
    assertThat(run.inspect(hosts.open(node)).toString()).contains("user: default -> 52034:52035");
    run.apply(hosts.open(node), new PatientContext());
    assertThat(prepare.inspect(hosts.open(node)).isUpToDate()).isTrue();
  }

  @Test
  void snapshotsThatAreSwitchedOffEndAndAreOtherwiseNoWork() {
    FakeHosts hosts = new FakeHosts();
    NodeName node = NodeName.of("10.0.0.11");
    Step.OnNode end = step("operations", "remove-etcd-rolling-snapshots");

    assertThat(end.inspect(hosts.open(node)).isUpToDate()).isTrue();
    hosts
        .engine(node)
        .ensureRunning(
            ContainerSpec.named("etcd-rolling-snapshots", new ImageRef("a/b:v3")).build(),
            new PatientContext());
    assertThat(end.inspect(hosts.open(node)).toString()).contains("remove etcd-rolling-snapshots");
    end.apply(hosts.open(node), new PatientContext());
    assertThat(hosts.engine(node).names()).isEmpty();
  }

  @Test
  void anEtcdIsNeverStartedBesideItsData() {
    FakeHosts hosts = new FakeHosts();
    NodeName node = NodeName.of("10.0.0.11");
    step("minimal", "run-etcd").apply(hosts.open(node), new PatientContext());

    assertThat(step("minimal", "prepare-data-directory").inspect(hosts.open(node)).isUpToDate())
        .isTrue();
    assertThatThrownBy(() -> step("operations", "prepare-data-directory").inspect(hosts.open(node)))
        .hasMessageContaining("data of etcd in /var/lib/etcd")
        .hasMessageContaining("to be in /opt/own/var/lib/etcd");
  }

  private static Step.OnNode etcdStep(String action) {
    return step("etcd-user", action);
  }

  private static Step.OnNode step(String file, String action) {
    ClusterSpec spec = ClusterFile.read(Path.of("src/test/resources/cluster-yml/" + file + ".yml"));
    Resolved cluster = Resolution.of(spec, new ExistingMachines());
    try (Workplace place = Workplaces.of(cluster)) {
      return ProvisionSequence.steps(cluster, place).stream()
          .filter(step -> step.id().action().equals(action))
          .map(Step.OnNode.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void theStateIsCopiedIntoTheClusterOnceSecretsAreAsTheyAreToBe(@TempDir Path folder) {
    ClusterMemory memory =
        new ClusterMemory(DirectoryStateStore.at(folder.resolve("s")), "c1", Clock.systemUTC());
    assertThat(beforeRecording(encrypted(true), memory)).contains("rewrite-secrets");

    memory.remember(encrypted(true), CertificateBundle.EMPTY);
    memory.remember(EncryptionRecord.begin(EncryptionFile.generate(new SecureRandom()), true));
    assertThat(beforeRecording(encrypted(false), memory)).contains("forget-encryption");
  }

  private static Resolved encrypted(boolean on) {
    return Resolution.of(
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .node("n1", n -> n.address("192.0.2.1").user("rke").roles(Role.values()))
            .services(
                s ->
                    s.apiServer(
                        a -> {
                          if (on) {
                            a.encryptSecrets();
                          }
                        }))
            .build(),
        new ExistingMachines());
  }

  private static List<String> beforeRecording(Resolved cluster, ClusterMemory memory) {
    try (Workplace place = Workplaces.of(cluster, memory)) {
      List<Step> steps = ProvisionSequence.steps(cluster, place);
      checkOrder(steps);
      return steps.stream()
          .filter(step -> step.id().action().equals("record-cluster"))
          .flatMap(step -> step.after().stream())
          .map(StepId::action)
          .toList();
    }
  }

  @Test
  @Timeout(60)
  void aListenerCannotWaitForItsOwnRun() throws Exception {
    AtomicReference<Provision> run = new AtomicReference<>();
    AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("not called"));
    CountDownLatch made = new CountDownLatch(1);
    EventBus events =
        new EventBus(
            "run",
            Clock.systemUTC(),
            List.of(
                event -> {
                  try {
                    assertThat(made.await(30, TimeUnit.SECONDS)).isTrue();
                    Objects.requireNonNull(run.get()).await(Duration.ofSeconds(30));
                  } catch (Exception e) {
                    thrown.set(e);
                  }
                }));
    run.set(new Provision("run", new RunControl(), events));
    made.countDown();
    events.warning("hello");
    events.close();
    assertThat(thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a listener cannot wait");
  }

  @Test
  @Timeout(60)
  void whatEndsARunIsWhatAwaitThrows() {
    EventBus events = new EventBus("run", Clock.systemUTC(), List.of());
    Provision run = new Provision("run", new RunControl(), events);
    run.start(
        () -> {
          throw new IllegalArgumentException("as it was");
        });
    assertThatThrownBy(() -> run.await(Duration.ofSeconds(30)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("as it was");
    events.close();
  }

  @Test
  void anOfflinePlanKeepsNothing() {
    NoState none = new NoState();
    assertThat(none.load("c1")).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> none.save("c1", Secret.of("x")))
        .isInstanceOf(IllegalStateException.class);
  }
}
