package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.DistributedVirtualSwitchPortConnection;
import com.vmware.vim25.VirtualCdromIsoBackingInfo;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualDeviceBackingInfo;
import com.vmware.vim25.VirtualDisk;
import com.vmware.vim25.VirtualEthernetCard;
import com.vmware.vim25.VirtualEthernetCardDistributedVirtualPortBackingInfo;
import com.vmware.vim25.VirtualEthernetCardNetworkBackingInfo;
import com.vmware.vim25.VirtualIDEController;
import com.vmware.vim25.VirtualSATAController;
import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.ObjectId;
import java.util.Optional;

/** Makes our devices of vCenter's. */
final class Devices {

  private static final int IDE_PLACES = 2;
  private static final int SATA_PLACES = 30;

  private Devices() {}

  static Device of(VirtualDevice device) {
    int key = device.getKey();
    if (device instanceof VirtualDisk disk) {
      return new Device.Disk(key, disk.getCapacityInKB(), controller(disk), unit(disk));
    }
    if (device instanceof VirtualEthernetCard card) {
      String mac = card.getMacAddress();
      return new Device.Adapter(key, mac == null ? "" : mac, network(card.getBacking()));
    }
    if (device instanceof VirtualIDEController) {
      return new Device.Controller(key, IDE_PLACES);
    }
    if (device instanceof VirtualSATAController) {
      return new Device.Controller(key, SATA_PLACES);
    }
    return new Device.Other(key, controller(device), unit(device), image(device.getBacking()));
  }

  private static int controller(VirtualDevice device) {
    Integer controller = device.getControllerKey();
    return controller == null ? 0 : controller;
  }

  private static int unit(VirtualDevice device) {
    Integer unit = device.getUnitNumber();
    return unit == null ? 0 : unit;
  }

  private static String image(VirtualDeviceBackingInfo backing) {
    return backing instanceof VirtualCdromIsoBackingInfo iso && iso.getFileName() != null
        ? iso.getFileName()
        : "";
  }

  private static Optional<ObjectId> network(VirtualDeviceBackingInfo backing) {
    if (backing instanceof VirtualEthernetCardNetworkBackingInfo standard
        && standard.getNetwork() != null) {
      return Optional.of(References.id(standard.getNetwork()));
    }
    if (backing instanceof VirtualEthernetCardDistributedVirtualPortBackingInfo distributed) {
      DistributedVirtualSwitchPortConnection port = distributed.getPort();
      if (port != null && port.getPortgroupKey() != null) {
        // The key of a port group is also the id that vCenter knows it by.
        return Optional.of(new ObjectId("DistributedVirtualPortgroup", port.getPortgroupKey()));
      }
    }
    return Optional.empty();
  }
}
