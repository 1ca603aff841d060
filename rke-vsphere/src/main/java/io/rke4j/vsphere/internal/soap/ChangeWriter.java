package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.Description;
import com.vmware.vim25.OptionValue;
import com.vmware.vim25.VirtualCdrom;
import com.vmware.vim25.VirtualCdromIsoBackingInfo;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDeviceConfigSpec;
import com.vmware.vim25.VirtualDeviceConfigSpecOperation;
import com.vmware.vim25.VirtualDeviceConnectInfo;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualMachineConfigSpec;
import com.vmware.vim25.VirtualVmxnet3;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.MachineChange;
import java.util.ArrayList;
import java.util.List;

/** Writes our changes as vCenter's. Used once. */
final class ChangeWriter {

  private final NetworkBackings networks;
  private final VirtualDevice[] present;
  private final VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
  private final List<OptionValue> parameters = new ArrayList<>();
  private final List<VirtualDeviceConfigSpec> devices = new ArrayList<>();

  // New devices have negative keys until vCenter gives them others.
  private int nextKey = -1;

  /**
   * @param networks plugs adapters in
   * @param present the machine's devices, of those that change
   */
  ChangeWriter(NetworkBackings networks, VirtualDevice[] present) {
    this.networks = networks;
    this.present = present.clone();
  }

  VirtualMachineConfigSpec write(List<MachineChange> changes) {
    changes.forEach(this::add);
    if (!parameters.isEmpty()) {
      spec.setExtraConfig(parameters.toArray(OptionValue[]::new));
    }
    if (!devices.isEmpty()) {
      spec.setDeviceChange(devices.toArray(VirtualDeviceConfigSpec[]::new));
    }
    return spec;
  }

  private void add(MachineChange change) {
    if (change instanceof MachineChange.Cpus cpus) {
      spec.setNumCPUs(cpus.number());
    } else if (change instanceof MachineChange.Memory memory) {
      spec.setMemoryMB(memory.mib());
    } else if (change instanceof MachineChange.Parameter parameter) {
      OptionValue option = new OptionValue();
      option.setKey(parameter.key());
      option.setValue(parameter.value());
      parameters.add(option);
    } else if (change instanceof MachineChange.Note note) {
      spec.setAnnotation(note.text());
    } else if (change instanceof MachineChange.Rename rename) {
      spec.setName(rename.name());
    } else if (change instanceof MachineChange.VAppOptions vApp) {
      spec.setVAppConfig(VAppWriter.write(vApp.options()));
    } else if (change instanceof MachineChange.GrowDisk disk) {
      grow(disk);
    } else if (change instanceof MachineChange.Remove remove) {
      device(VirtualDeviceConfigSpecOperation.remove, device(remove.key()));
    } else if (change instanceof MachineChange.AddAdapter adapter) {
      device(VirtualDeviceConfigSpecOperation.add, adapter(adapter));
    } else if (change instanceof MachineChange.AddCdrom cdrom) {
      device(VirtualDeviceConfigSpecOperation.add, cdrom(cdrom));
    }
  }

  private void device(VirtualDeviceConfigSpecOperation operation, VirtualDevice device) {
    VirtualDeviceConfigSpec change = new VirtualDeviceConfigSpec();
    change.setOperation(operation);
    change.setDevice(device);
    devices.add(change);
  }

  private VirtualDevice device(int key) {
    for (VirtualDevice device : present) {
      if (device.getKey() == key) {
        return device;
      }
    }
    throw VsphereException.unusable("device " + key, "is gone", "Run it again");
  }

  private void grow(MachineChange.GrowDisk change) {
    if (device(change.key()) instanceof VirtualDisk disk) {
      disk.setCapacityInKB(change.kib());
      // Where both are given, vCenter goes by the bytes.
      disk.setCapacityInBytes(change.kib() * 1024);
      device(VirtualDeviceConfigSpecOperation.edit, disk);
    }
  }

  private VirtualDevice adapter(MachineChange.AddAdapter change) {
    VirtualVmxnet3 adapter = new VirtualVmxnet3();
    adapter.setKey(nextKey--);
    adapter.setAddressType("generated");
    adapter.setWakeOnLanEnabled(true);
    adapter.setBacking(networks.of(References.of(change.network())));
    adapter.setConnectable(connected());
    return adapter;
  }

  private VirtualDevice cdrom(MachineChange.AddCdrom change) {
    VirtualCdromIsoBackingInfo backing = new VirtualCdromIsoBackingInfo();
    backing.setFileName(change.image());
    VirtualCdrom cdrom = new VirtualCdrom();
    cdrom.setKey(nextKey--);
    cdrom.setControllerKey(change.controller());
    cdrom.setUnitNumber(change.unit());
    cdrom.setBacking(backing);
    cdrom.setConnectable(connected());
    Description description = new Description();
    description.setLabel("rke4j seed");
    description.setSummary(change.image());
    cdrom.setDeviceInfo(description);
    return cdrom;
  }

  private static VirtualDeviceConnectInfo connected() {
    VirtualDeviceConnectInfo connectable = new VirtualDeviceConnectInfo();
    connectable.setStartConnected(true);
    connectable.setAllowGuestControl(true);
    connectable.setConnected(true);
    return connectable;
  }
}
