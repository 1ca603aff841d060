package io.rke4j.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.Machine;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.Item;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.settings.MachineSource;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines from an OVF template of a content library. */
class ContentLibraryIT {

  private static final String ITEM = "linux";

  @TempDir Path folder;

  private static VsphereSettings from(Simulator simulator, String library, String item) {
    VsphereSettings plain = simulator.settings();
    return new VsphereSettings(
        plain.cluster(),
        plain.connection(),
        plain.placement(),
        new MachineSource.LibraryItem(library, item),
        plain.hardware(),
        plain.guest(),
        plain.vApp(),
        plain.labels());
  }

  private static ContentLibrary library(Simulator simulator, VCenter center) throws Exception {
    Item datastore = center.vim().items(center.vim().root(), Kind.DATASTORE).get(0);
    ContentLibrary library = ContentLibrary.in(simulator.connection(), datastore.id().id());
    library.add(ITEM, "ovf", ContentLibrary.template());
    return library;
  }

  @Test
  void aMachineIsDeployedAndCompletedLikeAClone() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection())) {
      library(simulator, center);
      int before = machines(center).size();
      VsphereDriver driver = new VsphereDriver(center, from(simulator, ContentLibrary.NAME, ITEM));
      NodeSpec node = Simulator.node("cp-1");

      assertThat(driver.check(node)).isEmpty();
      Machine made = driver.create(node, new RunContext());

      assertThat(made.address()).isEqualTo(Simulator.ADDRESS);
      assertThat(driver.find(node)).contains(made);
      assertComplete(center);
      assertThat(driver.create(node, new RunContext())).isEqualTo(made);
      driver.destroy(node, new RunContext());
      assertThat(machines(center)).hasSize(before);
      assertThat(simulator.seeds()).isEmpty();
    }
  }

  private static void assertComplete(VCenter center) {
    MachineFacts machine =
        center.vim().machine(center.vim().at("DC0/vm/cp-1").orElseThrow()).orElseThrow();
    assertThat(machine.size()).isEqualTo(new MachineFacts.Size(4, 4096));
    assertThat(machine.state().on()).isTrue();
    assertThat(machine.mark().marks())
        .containsEntry("rke4j.cluster", "demo")
        .containsEntry("rke4j.uuid", machine.mark().uuid())
        .containsEntry("rke4j.stage", "ready");
    assertThat(machine.devices())
        .filteredOn(Device.Adapter.class::isInstance)
        .map(Device.Adapter.class::cast)
        .extracting(adapter -> center.vim().item(adapter.network().orElseThrow()).name())
        .containsExactly("DC0_DVPG0", "VM Network");
    assertThat(machine.devices())
        .filteredOn(one -> one instanceof Device.Other other && other.image().endsWith(".iso"))
        .hasSize(1);
  }

  @Test
  void whatIsNotInTheLibraryIsNamedBeforeAnythingIsMade() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection())) {
      library(simulator, center).add("disc", "iso", "no template");

      assertThat(problems(center, simulator, "no-library", ITEM))
          .containsExactly("node cp-1, cloneFrom: content library 'no-library' is not there");
      assertThat(problems(center, simulator, ContentLibrary.NAME, "no-item"))
          .containsExactly(
              "node cp-1, cloneFrom: item 'no-item' of content library 'images' is not there");
      assertThat(problems(center, simulator, ContentLibrary.NAME, "disc"))
          .containsExactly(
              "node cp-1, cloneFrom: item 'disc' of content library 'images' is of type 'iso', and"
                  + " only OVF templates can be deployed");

      VsphereException refused =
          catchThrowableOfType(
              VsphereException.class,
              () ->
                  new VsphereDriver(center, from(simulator, ContentLibrary.NAME, "no-item"))
                      .create(Simulator.node("cp-1"), new RunContext()));
      assertThat(refused.object()).isEqualTo("item 'no-item' of content library 'images'");
      assertThat(refused.isTransient()).isFalse();
    }
  }

  private static List<String> problems(
      VCenter center, Simulator simulator, String library, String item) {
    return new VsphereDriver(center, from(simulator, library, item))
        .check(Simulator.node("cp-1")).stream()
            .map((SpecProblem one) -> one.path() + ": " + one.problem())
            .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashBeforeTheMarkLeavesNothingThatTheNextRunDoesNotKnow(boolean arrives) throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection())) {
      library(simulator, center);
      VsphereSettings settings = from(simulator, ContentLibrary.NAME, ITEM);
      VsphereDriver driver = new VsphereDriver(center, settings);
      int before = machines(center).size();
      // Deployed, and marked.
      for (int calls = 0; calls < 2; calls++) {
        for (boolean sweep : new boolean[] {false, true}) {
          NodeSpec node = Simulator.node("node-" + calls + sweep);
          VCenter broken = new FaultyCalls(calls, arrives).over(center);
          assertThatThrownBy(
                  () -> new VsphereDriver(broken, settings).create(node, new RunContext()))
              .isInstanceOf(ProviderException.class);

          if (sweep) {
            driver.remove(driver.orphans(Set.of()), new RunContext());
          } else {
            driver.create(node, new RunContext());
            assertThat(machines(center)).hasSize(before + 1);
            driver.destroy(node, new RunContext());
          }
          assertThat(machines(center)).as("after %d calls", calls).hasSize(before);
        }
      }
    }
  }

  private static List<Item> machines(VCenter center) {
    return center.vim().items(center.vim().root(), Kind.MACHINE);
  }
}
