package io.rke4j.vsphere.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.MachineChange;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.MachineMark;
import io.rke4j.vsphere.internal.vim.ObjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private static final ObjectId FRONT = new ObjectId("Network", "network-1");
  private static final ObjectId BACK = new ObjectId("Network", "network-2");
  private static final String IMAGE = "[ds] w-1/rke4j-cidata.iso";

  @Test
  void onlyWhatDiffersIsChanged() {
    MachineFacts machine = machine(new Device.Disk(2000, 10 * 1024 * 1024, 1000, 0));

    assertThat(Configuration.hardware(machine, size(2, "4Gi", "10Gi"))).isEmpty();
    assertThat(Configuration.hardware(machine, size(3, "1Gi", "11Gi")))
        .containsExactly(
            new MachineChange.Cpus(3),
            new MachineChange.Memory(1024),
            new MachineChange.GrowDisk(2000, 11 * 1024 * 1024));
  }

  @Test
  void aDiskNeverShrinksAndOnlyTheFirstGrows() {
    MachineFacts machine =
        machine(
            new Device.Disk(2000, 10 * 1024 * 1024, 1000, 0), new Device.Disk(2001, 1024, 1000, 1));

    assertThat(Configuration.hardware(machine, size(2, "4Gi", "5Gi"))).isEmpty();
    assertThatThrownBy(() -> Configuration.hardware(machine(), size(2, "4Gi", "5Gi")))
        .hasMessageContaining("'w-1' has no disk");
  }

  @Test
  void adaptersAreReplacedUnlessTheyAreThoseWanted() {
    MachineFacts machine =
        machine(
            new Device.Adapter(4000, "", Optional.of(BACK)),
            new Device.Adapter(4001, "", Optional.of(FRONT)));

    assertThat(Configuration.networks(machine, List.of())).isEmpty();
    assertThat(Configuration.networks(machine, List.of(BACK, FRONT))).isEmpty();
    assertThat(Configuration.networks(machine, List.of(FRONT, BACK)))
        .containsExactly(
            new MachineChange.Remove(4000),
            new MachineChange.Remove(4001),
            new MachineChange.AddAdapter(FRONT),
            new MachineChange.AddAdapter(BACK));
  }

  @Test
  void theSeedTakesTheFirstPlaceThatIsFree() {
    Device ide = new Device.Controller(200, 2);
    Device sata = new Device.Controller(15000, 30);
    Device disk = new Device.Disk(3000, 1, 200, 0);
    Device drive = new Device.Other(3001, 200, 1, "");

    assertThat(Configuration.seed(machine(ide, disk), IMAGE))
        .containsExactly(new MachineChange.AddCdrom(200, 1, IMAGE));
    assertThat(Configuration.seed(machine(ide, disk, drive, sata), IMAGE))
        .containsExactly(new MachineChange.AddCdrom(15000, 0, IMAGE));
    assertThat(Configuration.seed(machine(new Device.Other(3001, 200, 1, IMAGE)), IMAGE)).isEmpty();
    assertThatThrownBy(() -> Configuration.seed(machine(ide, disk, drive), IMAGE))
        .hasMessageContaining("no IDE or SATA controller with a free place");
  }

  @Test
  void sizesAreThoseOfKubernetes() {
    assertThat(size(1, "512Mi", "1Ti")).isEqualTo(new Size(1, 512, 1024 * 1024));
    assertThatThrownBy(() -> size(1, "4G", "1Ti")).hasMessageContaining("memory '4G' is no size");
    assertThatThrownBy(() -> size(1, "4Gi", "0Gi")).hasMessageContaining("disk '0Gi' is no size");
    assertThatThrownBy(() -> size(1, "1022Mi", "1Gi")).hasMessageContaining("multiple of 4 MiB");
  }

  private static Size size(int cpus, String memory, String disk) {
    return Size.of(new VirtualMachine(cpus, memory, disk));
  }

  private static MachineFacts machine(Device... devices) {
    return new MachineFacts(
        new MachineMark(new ObjectId("VirtualMachine", "vm-1"), "w-1", "u", "", Map.of()),
        new MachineFacts.State(false, false, "1"),
        new MachineFacts.Size(2, 4096),
        List.of(devices),
        "[ds] w-1/w-1.vmx",
        new MachineFacts.Guest(List.of(), ""),
        Map.of());
  }
}
