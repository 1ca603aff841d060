package io.rke4j.vsphere.internal.machine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.spi.OperationContext;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.inventory.Site;
import io.rke4j.vsphere.internal.vim.CloneOrder;
import io.rke4j.vsphere.internal.vim.DeployOrder;
import io.rke4j.vsphere.internal.vim.Library;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.settings.MachineSource.LibraryItem;

/**
 * Makes a machine from a content library. vCenter cannot mark it in the same call, so until the
 * mark is set it has a name that nobody else gives, and which says whose it is.
 */
final class Deploying {

  private final Library library;
  private final OwnMachines machines;
  private final Ownership ownership;
  private final LibraryItem source;

  Deploying(Library library, OwnMachines machines, Ownership ownership, LibraryItem source) {
    this.library = library;
    this.machines = machines;
    this.ownership = ownership;
    this.source = source;
  }

  /** Makes the node's machine; there must be none. */
  MachineFacts make(NodeName node, Site site, OperationContext context) {
    context.progress(0.1, "deploying the machine of " + node + " from a content library");
    DeployOrder order =
        new DeployOrder(
            library.item(source.library(), source.item()),
            "item '" + source.item() + "' of content library '" + source.library() + "'",
            ownership.nameBeforeMark(node),
            site.folder(),
            new CloneOrder.Target(site.pool(), site.host(), site.storage()),
            site.networks());
    try {
      library.deploy(order, TaskWaiter.LONG);
    } catch (VsphereException e) {
      // A run of ours that was cut off may have been at it.
      if (machines.find(node).isEmpty()) {
        throw e;
      }
    }
    return machines
        .find(node)
        .orElseThrow(
            () ->
                VsphereException.unanswered(
                    "virtual machine '" + order.name() + "'",
                    "is not to be seen after it was deployed",
                    "Check that the account may see its folder",
                    true,
                    null));
  }
}
