package io.rke4j.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.spi.node.Machine;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.settings.Account;
import io.rke4j.vsphere.settings.GuestAccess;
import io.rke4j.vsphere.settings.Hardware;
import io.rke4j.vsphere.settings.MachineSource;
import io.rke4j.vsphere.settings.Placement;
import io.rke4j.vsphere.settings.VsphereSettings;
import io.rke4j.vsphere.settings.VsphereTemplates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools that are made by templates of their own. */
class TemplatesIT {

  @TempDir Path folder;

  private static VsphereSettings other(VsphereSettings usual) {
    Placement place = usual.placement();
    GuestAccess guest = usual.guest();
    return new VsphereSettings(
        usual.cluster(),
        usual.connection(),
        new Placement(
            place.datacenter(),
            place.folder(),
            place.pool(),
            place.host(),
            place.storage(),
            List.of("VM Network")),
        new MachineSource.Clone("DC0_H0_VM1"),
        new Hardware(
            8,
            16384,
            20480,
            Map.of("SET.guest.ipAddress", Simulator.ADDRESS, "guestinfo.gpu", "yes")),
        new GuestAccess(
            new Account("other", "staff", 2022),
            guest.login(),
            guest.keyFolder(),
            guest.cloudConfig(),
            guest.addressTimeout(),
            guest.shutdownTimeout()),
        usual.vApp(),
        usual.labels());
  }

  @Test
  void eachNodeIsMadeByTheTemplateThatItAsksFor() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection())) {
      VsphereSettings usual = simulator.settings();
      VsphereDriver driver =
          new VsphereDriver(center, new VsphereTemplates(usual, Map.of("gpu", other(usual))));
      VirtualMachine machine = new VirtualMachine(4, "4Gi", "40Gi");
      NodeSpec plain = Simulator.node("w-1", machine);
      NodeSpec gpu = Simulator.node("gpu-1", machine.by("gpu"));
      int before = center.vim().items(center.vim().root(), Kind.MACHINE).size();

      Machine first = driver.create(plain, new RunContext());
      Machine second = driver.create(gpu, new RunContext());

      assertThat(first.ssh().user()).isEqualTo("rancher");
      assertThat(second.ssh().user()).isEqualTo("other");
      assertThat(second.ssh().port()).isEqualTo(2022);
      assertThat(driver.find(gpu)).contains(second);
      MachineFacts made =
          center.vim().machine(center.vim().at("DC0/vm/gpu-1").orElseThrow()).orElseThrow();
      assertThat(made.mark().marks()).containsEntry("rke4j.node", "gpu-1");
      // Whoever only knows the name of a node finds its machine, too.
      assertThat(driver.exists(Simulator.node("gpu-1"))).isTrue();
      assertThat(driver.orphans(Set.of(plain.name()))).hasSize(1);
      driver.destroy(Simulator.node("gpu-1"), new RunContext());
      driver.destroy(plain, new RunContext());
      assertThat(center.vim().items(center.vim().root(), Kind.MACHINE)).hasSize(before);
    }
  }

  @Test
  void whatOnlyOneTemplateNamesIsLookedForOnlyForItsNodes() throws Exception {
    try (Simulator simulator = Simulator.start(folder);
        VCenter center = VsphereDriver.open(simulator.connection())) {
      VsphereSettings usual = simulator.settings();
      VsphereSettings missing =
          simulator.settings(Simulator.placement(), "no-template", usual.labels());
      VsphereDriver driver =
          new VsphereDriver(center, new VsphereTemplates(usual, Map.of("gpu", missing)));
      VirtualMachine machine = new VirtualMachine(4, "4Gi", "40Gi");

      assertThat(driver.check(Simulator.node("w-1", machine))).isEmpty();
      assertThat(driver.check(Simulator.node("gpu-1", machine.by("gpu"))))
          .extracting(problem -> problem.path())
          .containsExactly("node gpu-1, cloneFrom");
      assertThat(driver.check(Simulator.node("x-1", machine.by("fast"))))
          .extracting(Object::toString)
          .singleElement()
          .asString()
          .contains("asks for the template 'fast'", "name one of [gpu]");
    }
  }
}
