package io.rke4j.vsphere.internal.machine;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.MachineFacts;

/** Where a machine's seed is: in its own folder, so that nobody has to remember it. */
final class SeedFile {

  private SeedFile() {}

  static String path(MachineFacts machine) {
    int slash = machine.vmxPath().lastIndexOf('/');
    if (slash < 0) {
      throw VsphereException.unusable(
          "virtual machine '" + machine.mark().name() + "'", "has no folder in a datastore", "");
    }
    return machine.vmxPath().substring(0, slash) + "/rke4j-cidata.iso";
  }
}
