package io.rke4j.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.spi.node.Machine;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.settings.Labels;
import io.rke4j.vsphere.settings.Placement;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver against another vCenter of lies: the simulator of 2021 that Debian 12 packages. */
class SecondOpinionIT {

  @TempDir Path folder;

  @Test
  void aMachineIsMadeFoundKeptAndDestroyed() throws Exception {
    try (Simulator simulator = Simulator.startDebians(folder);
        VCenter center = VsphereDriver.open(simulator.connection());
        VsphereDriver driver = VsphereDriver.connect(settings(simulator, "DC0_H0_VM0"))) {
      NodeSpec node = Simulator.node("cp-1");
      int before = machines(center);

      assertThat(driver.check(node)).isEmpty();
      Machine made = driver.create(node, new RunContext());
      RunContext again = new RunContext();
      assertThat(driver.create(node, again)).isEqualTo(made);

      assertThat(again.notes()).noneMatch(note -> note.startsWith("cloning"));
      assertThat(made.address()).isEqualTo(Simulator.ADDRESS);
      assertThat(driver.find(node)).contains(made);
      assertThat(machines(center)).isEqualTo(before + 1);
      MachineFacts machine = facts(center);
      assertThat(machine.size()).isEqualTo(new MachineFacts.Size(4, 4096));
      assertThat(machine.state().on()).isTrue();
      assertThat(machine.mark().marks()).containsEntry("rke4j.stage", "ready");

      driver.destroy(node, new RunContext());
      driver.destroy(node, new RunContext());
      assertThat(driver.find(node)).isEmpty();
      assertThat(machines(center)).isEqualTo(before);
      assertThat(simulator.seeds()).isEmpty();
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    try (Simulator simulator = Simulator.startDebians(folder);
        VsphereDriver driver = VsphereDriver.connect(settings(simulator, "no-such-template"))) {
      assertThat(driver.check(Simulator.node("cp-1")))
          .anySatisfy(problem -> assertThat(problem.toString()).contains("no-such-template"));
    }
  }

  /** It keeps a guest's address at the adapter of the template, so that one stays. */
  private static VsphereSettings settings(Simulator simulator, String source) {
    Placement usual = Simulator.placement();
    Placement place =
        new Placement(
            usual.datacenter(),
            usual.folder(),
            usual.pool(),
            usual.host(),
            usual.storage(),
            List.of());
    return simulator.settings(place, source, Labels.none());
  }

  private static int machines(VCenter center) {
    return center.vim().items(center.vim().root(), Kind.MACHINE).size();
  }

  private static MachineFacts facts(VCenter center) {
    return center.vim().items(center.vim().root(), Kind.MACHINE).stream()
        .filter(item -> item.name().equals("cp-1"))
        .findFirst()
        .flatMap(item -> center.vim().machine(item.id()))
        .orElseThrow();
  }
}
