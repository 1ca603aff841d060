package io.rke4j.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.spi.Observation;
import io.rke4j.spi.ProviderException;
import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.Item;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program dies at every call that changes something: once before it arrives, once after. */
class CrashIT {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNextRunCompletesWhatACrashHasLeft(boolean arrives) throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection())) {
      VsphereSettings settings = simulator.settings();
      VsphereDriver driver = new VsphereDriver(center, settings);
      int before = machines(center).size();
      int calls = 0;
      for (boolean crashed = true; crashed; calls++) {
        NodeSpec node = Simulator.node("node-" + calls);
        crashed = crashes(center, settings, new FaultyCalls(calls, arrives), node, true);

        driver.create(node, new RunContext());
        assertThat(machines(center)).as("after %d calls", calls).hasSize(before + 1);
        assertCompleteOnce(center, node);
        driver.destroy(node, new RunContext());
        assertThat(machines(center)).hasSize(before);
        assertThat(simulator.seeds()).isEmpty();
      }
      // Clone, record, hardware, networks, parameters, upload, seed, power-on, mark: none was left
      // out.
      assertThat(calls).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatACrashHasLeftCanBeSwept(boolean arrives) throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection())) {
      VsphereSettings settings = simulator.settings();
      VsphereDriver driver = new VsphereDriver(center, settings);
      int before = machines(center).size();
      boolean crashed = true;
      for (int calls = 0; crashed; calls++) {
        NodeSpec node = Simulator.node("node-" + calls);
        crashed = crashes(center, settings, new FaultyCalls(calls, arrives), node, true);
        settle(center, before, driver, node);

        driver.remove(driver.orphans(Set.of()), new RunContext());
        assertThat(machines(center)).as("after %d calls", calls).hasSize(before);
        assertThat(simulator.seeds()).as("after %d calls", calls).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNextRunCompletesADestructionThatACrashHasLeft(boolean arrives) throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection())) {
      VsphereSettings settings = simulator.settings();
      VsphereDriver driver = new VsphereDriver(center, settings);
      int before = machines(center).size();
      boolean crashed = true;
      for (int calls = 0; crashed; calls++) {
        NodeSpec node = Simulator.node("node-" + calls);
        driver.create(node, new RunContext());
        crashed = crashes(center, settings, new FaultyCalls(calls, arrives), node, false);

        driver.destroy(node, new RunContext());
        assertThat(machines(center)).as("after %d calls", calls).hasSize(before);
        assertThat(simulator.seeds()).as("after %d calls", calls).isEmpty();
      }
    }
  }

  private static boolean crashes(
      VCenter center,
      VsphereSettings settings,
      FaultyCalls faulty,
      NodeSpec node,
      boolean creating) {
    VsphereDriver driver = new VsphereDriver(faulty.over(center), settings);
    try {
      if (creating) {
        driver.create(node, new RunContext());
      } else {
        driver.destroy(node, new RunContext());
      }
      assertThat(faulty.held()).isTrue();
      return false;
    } catch (ProviderException e) {
      assertThat(e).hasMessageContaining("was lost");
      return true;
    }
  }

  /** A clone whose answer was lost may still be under way. */
  private static void settle(VCenter center, int before, VsphereDriver driver, NodeSpec node) {
    new RunContext()
        .waitUntil(
            "what vCenter is doing",
            Duration.ofSeconds(5),
            () ->
                machines(center).size() == before || driver.orphans(Set.of()).size() == 1
                    ? Observation.done()
                    : Observation.notYet(node.name() + " is being cloned"));
  }

  private static void assertCompleteOnce(VCenter center, NodeSpec node) {
    MachineFacts machine =
        center.vim().machine(center.vim().at("DC0/vm/" + node.name()).orElseThrow()).orElseThrow();
    assertThat(machine.devices()).filteredOn(Device.Adapter.class::isInstance).hasSize(2);
    assertThat(machine.devices())
        .filteredOn(one -> one instanceof Device.Other other && other.image().endsWith(".iso"))
        .hasSize(1);
    assertThat(machine.state().on()).isTrue();
  }

  private static List<Item> machines(VCenter center) {
    return center.vim().items(center.vim().root(), Kind.MACHINE);
  }
}
