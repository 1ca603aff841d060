package io.rke4j.vsphere.internal.machine;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.MachineChange;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.settings.VApp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has to change of a machine for each stage. Pure: it only compares. */
final class Configuration {

  private Configuration() {}

  /** Processors and memory as wanted; the first disk at least as large. */
  static List<MachineChange> hardware(MachineFacts machine, Size size) {
    List<MachineChange> changes = new ArrayList<>();
    if (machine.size().cpus() != size.cpus()) {
      changes.add(new MachineChange.Cpus(size.cpus()));
    }
    if (machine.size().memoryMib() != size.memoryMib()) {
      changes.add(new MachineChange.Memory(size.memoryMib()));
    }
    Device.Disk disk =
        all(machine, Device.Disk.class).stream()
            .findFirst()
            .orElseThrow(() -> unusable(machine, "has no disk", "Clone one that has"));
    if (disk.capacityKib() < size.diskMib() * 1024) {
      changes.add(new MachineChange.GrowDisk(disk.key(), size.diskMib() * 1024));
    }
    return changes;
  }

  /** One adapter for each network, in their order; without networks those of the source stay. */
  static List<MachineChange> networks(MachineFacts machine, List<ObjectId> networks) {
    List<Device.Adapter> adapters = all(machine, Device.Adapter.class);
    List<ObjectId> present =
        adapters.stream().flatMap(adapter -> adapter.network().stream()).toList();
    if (networks.isEmpty() || (present.equals(networks) && adapters.size() == networks.size())) {
      return List.of();
    }
    List<MachineChange> changes = new ArrayList<>();
    adapters.forEach(adapter -> changes.add(new MachineChange.Remove(adapter.key())));
    networks.forEach(network -> changes.add(new MachineChange.AddAdapter(network)));
    return changes;
  }

  static List<MachineChange> parameters(Map<String, String> parameters, VApp vApp) {
    List<MachineChange> changes = new ArrayList<>();
    parameters.forEach((key, value) -> changes.add(new MachineChange.Parameter(key, value)));
    if (vApp.isUsed()) {
      changes.add(new MachineChange.VAppOptions(vApp));
    }
    return changes;
  }

  /** A CD-ROM drive with the image, at the first free place of a controller. */
  static List<MachineChange> seed(MachineFacts machine, String image) {
    if (all(machine, Device.Other.class).stream().anyMatch(one -> one.image().equals(image))) {
      return List.of();
    }
    for (Device.Controller controller : all(machine, Device.Controller.class)) {
      Optional<Integer> place = freePlace(machine, controller);
      if (place.isPresent()) {
        return List.of(new MachineChange.AddCdrom(controller.key(), place.get(), image));
      }
    }
    throw unusable(
        machine,
        "has no IDE or SATA controller with a free place for a CD-ROM drive",
        "Add one to what it is cloned from");
  }

  private static Optional<Integer> freePlace(MachineFacts machine, Device.Controller controller) {
    Set<Integer> taken = new HashSet<>();
    for (Device device : machine.devices()) {
      if (device instanceof Device.Other other && other.controller() == controller.key()) {
        taken.add(other.unit());
      } else if (device instanceof Device.Disk disk && disk.controller() == controller.key()) {
        taken.add(disk.unit());
      }
    }
    for (int place = 0; place < controller.places(); place++) {
      if (!taken.contains(place)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  private static <T extends Device> List<T> all(MachineFacts machine, Class<T> kind) {
    return machine.devices().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static VsphereException unusable(MachineFacts machine, String problem, String hint) {
    return VsphereException.unusable(
        "virtual machine '" + machine.mark().name() + "'", problem, hint);
  }
}
