package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.CustomFieldStringValue;
import com.vmware.vim25.CustomFieldValue;
import com.vmware.vim25.GuestInfo;
import com.vmware.vim25.GuestNicInfo;
import com.vmware.vim25.OptionValue;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualMachinePowerState;
import io.rke4j.vsphere.internal.soap.Properties.Found;
import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.MachineMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes our facts of what vCenter tells about virtual machines. */
final class MachineReader {

  static final String NAME = "name";
  static final String UUID = "config.instanceUuid";
  static final String NOTES = "config.annotation";
  static final String PARAMETERS = "config.extraConfig";
  static final String DEVICES = "config.hardware.device";
  private static final String TEMPLATE = "config.template";
  private static final String VERSION = "config.changeVersion";
  private static final String CPUS = "config.hardware.numCPU";
  private static final String MEMORY = "config.hardware.memoryMB";
  private static final String PATH = "config.files.vmPathName";
  private static final String POWER = "runtime.powerState";
  private static final String GUEST = "guest";
  private static final String ATTRIBUTES = "customValue";

  private MachineReader() {}

  static String[] markProperties() {
    return new String[] {NAME, UUID, NOTES, PARAMETERS};
  }

  static String[] properties() {
    return new String[] {
      NAME,
      UUID,
      NOTES,
      PARAMETERS,
      DEVICES,
      TEMPLATE,
      VERSION,
      CPUS,
      MEMORY,
      PATH,
      POWER,
      GUEST,
      ATTRIBUTES
    };
  }

  static MachineMark mark(Found found) {
    Map<String, String> marks = new HashMap<>();
    for (OptionValue option : found.get(PARAMETERS, OptionValue[].class).orElse(NO_OPTIONS)) {
      if (option.getKey().startsWith("rke4j.") && option.getValue() != null) {
        marks.put(option.getKey(), option.getValue().toString());
      }
    }
    return new MachineMark(
        References.id(found.object()),
        found.text(NAME),
        found.text(UUID),
        found.text(NOTES),
        marks);
  }

  private static final OptionValue[] NO_OPTIONS = {};

  static MachineFacts facts(Found found) {
    boolean on =
        found.get(POWER, VirtualMachinePowerState.class).orElse(VirtualMachinePowerState.poweredOff)
            == VirtualMachinePowerState.poweredOn;
    return new MachineFacts(
        mark(found),
        new MachineFacts.State(
            on, found.get(TEMPLATE, Boolean.class).orElse(false), found.text(VERSION)),
        new MachineFacts.Size(
            found.get(CPUS, Integer.class).orElse(0), found.get(MEMORY, Integer.class).orElse(0)),
        devices(found),
        found.text(PATH),
        guest(found),
        attributes(found));
  }

  private static List<Device> devices(Found found) {
    VirtualDevice[] devices =
        found.get(DEVICES, VirtualDevice[].class).orElse(new VirtualDevice[0]);
    return Arrays.stream(devices).map(Devices::of).toList();
  }

  private static MachineFacts.Guest guest(Found found) {
    GuestInfo guest = found.get(GUEST, GuestInfo.class).orElse(null);
    List<MachineFacts.Nic> nics = new ArrayList<>();
    if (guest == null) {
      return new MachineFacts.Guest(nics, "");
    }
    if (guest.getNet() != null) {
      for (GuestNicInfo nic : guest.getNet()) {
        String[] addresses = nic.getIpAddress();
        nics.add(
            new MachineFacts.Nic(
                nic.getMacAddress() == null ? "" : nic.getMacAddress(),
                addresses == null ? List.of() : List.of(addresses)));
      }
    }
    return new MachineFacts.Guest(nics, guest.getIpAddress() == null ? "" : guest.getIpAddress());
  }

  private static Map<Integer, String> attributes(Found found) {
    Map<Integer, String> attributes = new HashMap<>();
    CustomFieldValue[] values =
        found.get(ATTRIBUTES, CustomFieldValue[].class).orElse(new CustomFieldValue[0]);
    for (CustomFieldValue value : values) {
      if (value instanceof CustomFieldStringValue text && text.getValue() != null) {
        attributes.put(value.getKey(), text.getValue());
      }
    }
    return attributes;
  }
}
