package io.rke4j.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.node.NodeDriverProvider;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.keys.KeyFolder;
import io.rke4j.vsphere.internal.vim.CloneOrder;
import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.settings.Labels;
import io.rke4j.vsphere.settings.Placement;
import io.rke4j.vsphere.settings.ServerTrust;
import io.rke4j.vsphere.settings.Storage;
import io.rke4j.vsphere.settings.VsphereConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver against govmomi's simulator. */
class VsphereDriverIT {

  @TempDir Path folder;

  @Test
  void createsFindsAndDestroysAMachine() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver driver = VsphereDriver.connect(simulator.settings())) {
      NodeSpec node = Simulator.node("cp-1");
      RunContext run = new RunContext();

      assertThat(driver.check(node)).isEmpty();
      assertThat(driver.find(node)).isEmpty();
      Machine made = driver.create(node, run);
      assertThat(made.address()).isEqualTo(Simulator.ADDRESS);
      assertThat(driver.find(node)).contains(made);
      assertThat(simulator.seeds()).containsExactly("cp-1/rke4j-cidata.iso");
      assertThat(run.notes())
          .contains("cloning the machine of cp-1", "ready at " + Simulator.ADDRESS)
          .anyMatch(note -> note.matches("made as vm-\\d+ with UUID [-0-9a-f]{36}"));

      driver.destroy(node, new RunContext());
      driver.destroy(node, new RunContext());
      assertThat(driver.find(node)).isEmpty();
      assertThat(simulator.seeds()).isEmpty();
    }
  }

  @Test
  void aGuestShutsDownBeforeItsMachineGoes() throws Exception {
    try (Simulator simulator = Simulator.start(folder)) {
      assertThat(destroying("cp-1", simulator, Duration.ofSeconds(5)))
          .contains("asking its guest to shut down")
          .doesNotContain("powering cp-1 off");
    }
  }

  @Test
  void aGuestThatDoesNotShutDownInTimeIsPoweredOff() throws Exception {
    try (Simulator simulator = Simulator.start(folder, "--task-delay=ShutdownGuest:60000")) {
      assertThat(destroying("cp-1", simulator, Duration.ofMillis(300)))
          .containsSubsequence("asking its guest to shut down", "powering cp-1 off");
    }
  }

  /** What is told while a machine is destroyed whose guest gets that long to shut down. */
  private static List<String> destroying(String name, Simulator simulator, Duration shutdown)
      throws Exception {
    NodeSpec node = Simulator.node(name);
    RunContext run = new RunContext();
    try (VsphereDriver driver = VsphereDriver.connect(simulator.settings(shutdown))) {
      driver.create(node, new RunContext());
      driver.destroy(node, run);
      assertThat(driver.find(node)).isEmpty();
    }
    return run.notes();
  }

  @Test
  void machineIsAsItWasWanted() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver driver = VsphereDriver.connect(simulator.settings());
        VCenter center = VsphereDriver.open(simulator.connection())) {
      driver.create(Simulator.node("cp-1"), new RunContext());

      MachineFacts machine = machine(center, "cp-1");
      assertThat(machine.size()).isEqualTo(new MachineFacts.Size(4, 4096));
      assertThat(machine.state().on()).isTrue();
      assertThat(devices(machine, Device.Disk.class))
          .extracting(Device.Disk::capacityKib)
          .containsExactly(40L * 1024 * 1024);
      assertThat(devices(machine, Device.Adapter.class))
          .extracting(adapter -> center.vim().item(adapter.network().orElseThrow()).name())
          .containsExactly("DC0_DVPG0", "VM Network");
      assertThat(devices(machine, Device.Other.class))
          .extracting(Device.Other::image)
          .contains("[LocalDS_0] cp-1/rke4j-cidata.iso");
      assertThat(machine.mark().annotation()).contains("cp-1").contains("demo");
      assertThat(machine.mark().marks())
          .containsEntry("rke4j.uuid", machine.mark().uuid())
          .containsEntry("rke4j.stage", "ready");
    }
  }

  @Test
  void theMachineIsKnownByTheKeyThatItsSeedBrings() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver driver = VsphereDriver.connect(simulator.settings())) {
      NodeSpec node = Simulator.node("cp-1");
      RunContext run = new RunContext();
      Machine made = driver.create(node, run);

      KeyFolder keys = new KeyFolder(simulator.keyFolder());
      String privateKey = keys.host(node.name()).privateKey().reveal();
      assertThat(made.hostKeys()).containsExactly(keys.host(node.name()).publicKey());
      assertThat(made.ssh().key()).isEqualTo(SshKey.file(keys.loginFile()));
      assertThat(simulator.seed("cp-1"))
          .contains(privateKey.replace("\n", "\\u000a"), made.hostKeys().get(0))
          .contains(keys.login().publicKey())
          .doesNotContain(keys.login().privateKey().reveal().replace("\n", "\\u000a"));
      assertThat(run.notes()).noneMatch(note -> note.contains("PRIVATE"));

      // Whoever has lost the folder, or never had it, still knows the machine.
      Files.delete(keys.path().resolve("host-cp-1"));
      assertThat(driver.find(node)).contains(made);
    }
  }

  @Test
  void aNewMachineOfTheSameNodeHasANewKey() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver driver = VsphereDriver.connect(simulator.settings())) {
      NodeSpec node = Simulator.node("cp-1");
      Machine first = driver.create(node, new RunContext());
      driver.destroy(node, new RunContext());
      Machine second = driver.create(node, new RunContext());

      assertThat(second.hostKeys()).hasSize(1).isNotEqualTo(first.hostKeys());
      assertThat(second.ssh()).isEqualTo(first.ssh());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedBeforeThereIsAMachine() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver driver = VsphereDriver.connect(simulator.settings());
        VCenter center = VsphereDriver.open(simulator.connection())) {
      Files.writeString(simulator.keyFolder(), "a file");
      assertThat(
              catchThrowableOfType(
                  VsphereException.class,
                  () -> driver.create(Simulator.node("cp-1"), new RunContext())))
          .hasMessageContaining("cannot be kept")
          .extracting(VsphereException::hint)
          .isEqualTo("Set keyFolder to a folder that this program may write to");
      assertThat(names(center)).doesNotContain("cp-1");
    }
  }

  @Test
  void secondCreateChangesNothing() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver driver = VsphereDriver.connect(simulator.settings());
        VCenter center = VsphereDriver.open(simulator.connection())) {
      Machine first = driver.create(Simulator.node("cp-1"), new RunContext());
      MachineFacts before = machine(center, "cp-1");

      assertThat(driver.create(Simulator.node("cp-1"), new RunContext())).isEqualTo(first);
      assertThat(machine(center, "cp-1")).isEqualTo(before);
    }
  }

  @Test
  void checkNamesTagsThatDoNotExist() throws Exception {
    try (Simulator simulator = Simulator.start(folder)) {
      String missing = "urn:vmomi:InventoryServiceTag:00000000-0000-0000-0000-000000000000:GLOBAL";
      Labels labels = new Labels(List.of(missing), Map.of());
      try (VsphereDriver driver =
          VsphereDriver.connect(simulator.settings(Simulator.placement(), "DC0_H0_VM0", labels))) {
        assertThat(driver.check(Simulator.node("cp-1")))
            .extracting(problem -> problem.path())
            .containsExactly("node cp-1, tag");
      }
    }
  }

  @Test
  void checkNamesEverythingThatIsMissing() throws Exception {
    try (Simulator simulator = Simulator.start(folder)) {
      Placement nowhere =
          new Placement(
              "DC0",
              "no-folder",
              "",
              "",
              new Storage.Datastore("no-store"),
              List.of("VM Network", "no-network"));
      try (VsphereDriver driver =
          VsphereDriver.connect(simulator.settings(nowhere, "no-template", Labels.none()))) {
        assertThat(driver.check(Simulator.node("cp-1", new VirtualMachine(1, "4 GB", "40Gi"))))
            .extracting(problem -> problem.toString())
            .satisfiesExactly(
                one -> assertThat(one).contains("'4 GB' is no size"),
                one -> assertThat(one).startsWith("node cp-1, folder: folder 'no-folder' is not"),
                one -> assertThat(one).contains("pool").contains("several clusters or hosts"),
                one -> assertThat(one).contains("'no-store' is not there; There is: LocalDS_0"),
                one -> assertThat(one).contains("network 'no-network' is not there"),
                one -> assertThat(one).contains("cloneFrom").contains("'no-template'"));
      }
    }
  }

  @Test
  void networksOfNsxArePluggedIn() throws Exception {
    try (Simulator simulator = Simulator.start(folder, "-opaque-networks", "1");
        VCenter center = VsphereDriver.open(simulator.connection())) {
      Placement placement = placement(new Storage.TheOnlyOne(), "DC0_NSX0");
      try (VsphereDriver driver =
          VsphereDriver.connect(simulator.settings(placement, "DC0_H0_VM0", Labels.none()))) {
        driver.create(Simulator.node("cp-1"), new RunContext());
      }
      // vCenter plugs the adapter into the port group that stands for the network.
      assertThat(devices(machine(center, "cp-1"), Device.Adapter.class))
          .extracting(adapter -> center.vim().item(adapter.network().orElseThrow()).name())
          .containsExactly("DC0_NSXPG0");
    }
  }

  @Test
  void aDatastoreClusterWithoutRecommendationIsRefusedBeforeAnythingIsMade() throws Exception {
    try (Simulator simulator = Simulator.start(folder, "-pods", "1");
        VCenter center = VsphereDriver.open(simulator.connection())) {
      int before = names(center).size();
      Placement placement = placement(new Storage.DatastoreCluster("DC0_POD0"), "VM Network");
      try (VsphereDriver driver =
          VsphereDriver.connect(simulator.settings(placement, "DC0_H0_VM0", Labels.none()))) {
        assertThat(driver.check(Simulator.node("cp-1"))).isEmpty();
        assertThat(
                catchThrowableOfType(
                    VsphereException.class,
                    () -> driver.create(Simulator.node("cp-1"), new RunContext())))
            .hasMessageContaining("DC0_POD0 has no datastore that Storage DRS recommends");
      }
      assertThat(names(center)).hasSize(before);
    }
  }

  @Test
  void onlyTheRightCertificateAndPasswordAreTaken() throws Exception {
    try (Simulator simulator = Simulator.start(folder)) {
      ServerTrust right = ServerTrust.pinned(simulator.fingerprint());
      VsphereDriver.open(simulator.connection("pass", right)).close();

      assertThat(refusal(() -> simulator.connection("pass", ServerTrust.pinned("ab".repeat(32)))))
          .hasMessageContaining("certificate is not trusted")
          .hasMessageContaining(simulator.fingerprint().replace(":", "").toLowerCase(Locale.ROOT))
          .matches(refused -> !refused.isTransient());
      assertThat(refusal(() -> simulator.connection("pass", ServerTrust.ofTheRuntime())))
          .hasMessageContaining("certificate is not trusted");
      assertThat(refusal(() -> simulator.connection("MARKER", right)))
          .hasMessageContaining("login of 'user'")
          .hasMessageNotContaining("MARKER")
          .extracting(VsphereException::fault)
          .isEqualTo("InvalidLogin");
    }
  }

  @Test
  void aTaskThatNeverEndsIsCancelled() throws Exception {
    try (Simulator simulator = Simulator.start(folder, "-task-delay", "CloneVm:600000");
        VsphereDriver driver = VsphereDriver.connect(simulator.settings())) {
      RunContext[] run = new RunContext[1];
      run[0] = new RunContext(Duration.ofSeconds(30), seen -> run[0].cancel());

      OperationCancelledException stopped =
          catchThrowableOfType(
              OperationCancelledException.class,
              () -> driver.create(Simulator.node("cp-1"), run[0]));

      assertThat(stopped).hasMessageContaining("the clone of cp-1");
      assertThat(driver.orphans(Set.of())).isEmpty();
    }
  }

  @Test
  void aMachineWithoutAddressIsCompletedLater() throws Exception {
    try (Simulator simulator = Simulator.start(folder, "-task-delay", "PowerOn:4000");
        VsphereDriver driver = VsphereDriver.connect(simulator.settings())) {
      RunContext shortRun = new RunContext(Duration.ofSeconds(2), seen -> {});
      WaitTimeoutException late =
          catchThrowableOfType(
              WaitTimeoutException.class, () -> driver.create(Simulator.node("cp-1"), shortRun));
      assertThat(late).hasMessageContaining("the power-on");
      assertThat(driver.find(Simulator.node("cp-1"))).isEmpty();
      assertThat(driver.orphans(Set.of())).extracting(Orphan::stage).containsExactly("seed");

      driver.create(Simulator.node("cp-1"), new RunContext());
      assertThat(driver.find(Simulator.node("cp-1"))).isPresent();
      assertThat(driver.orphans(Set.of())).hasSize(1);
    }
  }

  @Test
  void orphansAreListedThenRemoved() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver driver = VsphereDriver.connect(simulator.settings())) {
      driver.create(Simulator.node("cp-1"), new RunContext());
      driver.create(Simulator.node("old-1"), new RunContext());

      List<Orphan> orphans = driver.orphans(Set.of(NodeName.of("cp-1")));
      assertThat(orphans).extracting(Orphan::machine).containsExactly("old-1");
      assertThat(driver.find(Simulator.node("old-1"))).isPresent();
      driver.remove(orphans, new RunContext());
      driver.remove(orphans, new RunContext());

      assertThat(driver.find(Simulator.node("old-1"))).isEmpty();
      assertThat(driver.find(Simulator.node("cp-1"))).isPresent();
      assertThat(simulator.seeds()).containsExactly("cp-1/rke4j-cidata.iso");
    }
  }

  @Test
  void copiesAndStrangersAreLeftAlone() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver driver = VsphereDriver.connect(simulator.settings());
        VCenter center = VsphereDriver.open(simulator.connection())) {
      driver.create(Simulator.node("cp-1"), new RunContext());
      copy(center, "cp-1", "somebodys-copy");
      copy(center, "DC0_H0_VM0", "w-1");

      VsphereException refused =
          catchThrowableOfType(
              VsphereException.class, () -> driver.create(Simulator.node("w-1"), new RunContext()));
      assertThat(refused)
          .hasMessageContaining("'w-1'")
          .hasMessageContaining("does not belong to cluster demo")
          .extracting(VsphereException::fault)
          .isEqualTo("DuplicateName");
      driver.destroy(Simulator.node("w-1"), new RunContext());
      driver.remove(driver.orphans(Set.of()), new RunContext());

      assertThat(names(center)).contains("somebodys-copy", "w-1").doesNotContain("cp-1");
    }
  }

  @Test
  void twoDriversAtOnceMakeOneMachineForEachNode() throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try (Simulator simulator = Simulator.start(folder);
        VsphereDriver one = VsphereDriver.connect(simulator.settings());
        VsphereDriver other = VsphereDriver.connect(simulator.settings())) {
      List<Future<Machine>> runs =
          List.of(
              workers.submit(() -> persistently(one, Simulator.node("cp-1"))),
              workers.submit(() -> persistently(other, Simulator.node("cp-1"))),
              workers.submit(() -> persistently(one, Simulator.node("w-1"))),
              workers.submit(() -> persistently(other, Simulator.node("w-2"))));
      for (Future<Machine> run : runs) {
        assertThat(run.get(2, TimeUnit.MINUTES).address()).isEqualTo(Simulator.ADDRESS);
      }

      assertThat(one.orphans(Set.of()))
          .extracting(Orphan::machine)
          .containsExactlyInAnyOrder("cp-1", "w-1", "w-2");
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void theProviderIsFoundAndOpensADriver() throws Exception {
    try (Simulator simulator = Simulator.start(folder)) {
      NodeDriverProvider provider =
          ServiceLoader.load(NodeDriverProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .filter(one -> one.id().equals("vsphere"))
              .findFirst()
              .orElseThrow();
      Map<String, String> template =
          Map.ofEntries(
              Map.entry("clusterName", "demo"),
              Map.entry("vcenter", simulator.connection().server()),
              Map.entry("vcenterPort", String.valueOf(simulator.connection().port())),
              Map.entry("username", "user"),
              Map.entry("password", "pass"),
              Map.entry("certificateFingerprint", simulator.fingerprint()),
              Map.entry("creationType", "vm"),
              Map.entry("cloneFrom", "/DC0/vm/DC0_H0_VM0"),
              Map.entry("hostsystem", "/DC0/host/DC0_H0/DC0_H0"),
              Map.entry("cfgparam", "SET.guest.ipAddress=10.9.8.7"),
              Map.entry("sshKeyPath", "/keys/id"),
              Map.entry("sshAuthorizedKey", "ssh-ed25519 AAAA me"));
      try (NodeDriver driver = provider.open(template)) {
        assertThat(driver.check(Simulator.node("w-1"))).isEmpty();
        assertThat(driver.create(Simulator.node("w-1"), new RunContext()).address())
            .isEqualTo("10.9.8.7");
      }
    }
  }

  private static Placement placement(Storage storage, String network) {
    return new Placement("DC0", "", "/DC0/host/DC0_C0/Resources", "", storage, List.of(network));
  }

  /** As the engine does: again after what may pass. */
  private static Machine persistently(VsphereDriver driver, NodeSpec node) {
    for (int attempt = 1; ; attempt++) {
      try {
        return driver.create(node, new RunContext());
      } catch (VsphereException e) {
        if (!e.isTransient() || attempt == 20) {
          throw e;
        }
      }
    }
  }

  private static VsphereException refusal(Supplier<VsphereConnection> connection) {
    return catchThrowableOfType(
        VsphereException.class, () -> VsphereDriver.open(connection.get()).close());
  }

  private static void copy(VCenter center, String from, String name) throws Exception {
    ObjectId datacenter = center.vim().at("DC0").orElseThrow();
    ObjectId task =
        center
            .vim()
            .clone(
                new CloneOrder(
                    center.vim().at("DC0/vm/" + from).orElseThrow(),
                    name,
                    center.vim().reference(datacenter, "vmFolder").orElseThrow(),
                    new CloneOrder.Target(
                        center.vim().at("DC0/host/DC0_C0/Resources").orElseThrow(),
                        Optional.empty(),
                        center.vim().at("DC0/datastore/LocalDS_0").orElseThrow()),
                    List.of()));
    new RunContext()
        .waitUntil(
            "the copy",
            Duration.ofSeconds(10),
            () ->
                center.vim().task(task).result().isPresent()
                    ? Observation.done()
                    : Observation.notYet("not copied"));
  }

  private static List<String> names(VCenter center) {
    return center.vim().items(center.vim().root(), Kind.MACHINE).stream()
        .map(one -> one.name())
        .toList();
  }

  private static MachineFacts machine(VCenter center, String name) {
    return center.vim().machine(center.vim().at("DC0/vm/" + name).orElseThrow()).orElseThrow();
  }

  private static <T extends Device> List<T> devices(MachineFacts machine, Class<T> kind) {
    return machine.devices().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
