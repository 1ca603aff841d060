package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.StorageDrsPodSelectionSpec;
import com.vmware.vim25.StoragePlacementSpec;
import com.vmware.vim25.VirtualDevice;
import com.vmware.vim25.VirtualMachineCloneSpec;
import com.vmware.vim25.VirtualMachineConfigSpec;
import com.vmware.vim25.VirtualMachineRelocateSpec;
import io.rke4j.vsphere.internal.vim.CloneOrder;
import io.rke4j.vsphere.internal.vim.ObjectId;

/** Writes our orders of clones as vCenter's. */
final class CloneWriter {

  private CloneWriter() {}

  static VirtualMachineCloneSpec write(CloneOrder order, NetworkBackings networks) {
    VirtualMachineConfigSpec config =
        new ChangeWriter(networks, new VirtualDevice[0]).write(order.changes());
    VirtualMachineRelocateSpec location = new VirtualMachineRelocateSpec();
    location.setPool(References.of(order.target().pool()));
    order.target().host().ifPresent(host -> location.setHost(References.of(host)));
    if (!order.target().datastore().kind().equals("StoragePod")) {
      location.setDatastore(References.of(order.target().datastore()));
    }
    VirtualMachineCloneSpec spec = new VirtualMachineCloneSpec();
    spec.setLocation(location);
    spec.setConfig(config);
    spec.setTemplate(false);
    spec.setPowerOn(false);
    return spec;
  }

  /** Asks Storage DRS where the clone should go. */
  static StoragePlacementSpec placement(
      ObjectId datastoreCluster, CloneOrder order, NetworkBackings networks) {
    StorageDrsPodSelectionSpec pod = new StorageDrsPodSelectionSpec();
    pod.setStoragePod(References.of(datastoreCluster));
    StoragePlacementSpec spec = new StoragePlacementSpec();
    spec.setType("clone");
    spec.setVm(References.of(order.source()));
    spec.setPodSelectionSpec(pod);
    spec.setCloneSpec(write(order, networks));
    spec.setCloneName(order.name());
    spec.setFolder(References.of(order.folder()));
    return spec;
  }
}
