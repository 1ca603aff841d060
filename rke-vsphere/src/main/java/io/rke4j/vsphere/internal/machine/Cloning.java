package io.rke4j.vsphere.internal.machine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.inventory.Inventory;
import io.rke4j.vsphere.internal.inventory.Site;
import io.rke4j.vsphere.internal.vim.CloneOrder;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.Vim;
import io.rke4j.vsphere.settings.MachineSource;
import java.time.Duration;

/** Makes a machine that carries the mark from its first moment. */
final class Cloning {

  // How long vCenter may take to show a machine that somebody else is just cloning.
  private static final Duration APPEARING = Duration.ofSeconds(30);

  private final Vim vim;
  private final Inventory inventory;
  private final OwnMachines machines;
  private final Ownership ownership;
  private final MachineSource.Clone source;

  Cloning(
      Vim vim,
      Inventory inventory,
      OwnMachines machines,
      Ownership ownership,
      MachineSource.Clone source) {
    this.vim = vim;
    this.inventory = inventory;
    this.machines = machines;
    this.ownership = ownership;
    this.source = source;
  }

  /** Makes the node's machine; there must be none. */
  MachineFacts make(NodeName node, Site site, OperationContext context) {
    context.progress(0.1, "cloning the machine of " + node);
    CloneOrder order = order(node, site);
    try {
      new TaskWaiter(vim, context).await("the clone of " + node, TaskWaiter.LONG, vim.clone(order));
    } catch (VsphereException e) {
      if (!e.fault().equals("DuplicateName")) {
        throw e;
      }
      awaitOther(node, e, context);
    }
    return machines
        .find(node)
        .orElseThrow(
            () ->
                VsphereException.unanswered(
                    "virtual machine '" + node + "'",
                    "is not to be seen after it was cloned",
                    "Check that the account may see its folder",
                    true,
                    null));
  }

  /** Somebody has the name. A run of ours that was cut off, or another one, is fine. */
  private void awaitOther(NodeName node, VsphereException refusal, OperationContext context) {
    try {
      context.waitUntil(
          "the machine of " + node + " that another run is making",
          APPEARING,
          () ->
              machines.find(node).isPresent()
                  ? Observation.done()
                  : Observation.notYet("a machine of that name without this cluster's mark"));
    } catch (WaitTimeoutException e) {
      throw VsphereException.reported(
          refusal.fault(),
          "virtual machine '" + node + "'",
          "the folder has one of that name, and it does not belong to cluster "
              + ownership.cluster(),
          "Rename or remove it, or use another folder",
          false);
    }
  }

  private CloneOrder order(NodeName node, Site site) {
    ObjectId from = inventory.machine(source.name());
    CloneOrder order =
        new CloneOrder(
            from,
            node.value(),
            site.folder(),
            new CloneOrder.Target(site.pool(), site.host(), site.storage()),
            ownership.birthmark(node));
    if (!site.storage().kind().equals("StoragePod")) {
      return order;
    }
    ObjectId datastore = vim.recommendedDatastore(site.storage(), order);
    return new CloneOrder(
        order.source(),
        order.name(),
        order.folder(),
        new CloneOrder.Target(site.pool(), site.host(), datastore),
        order.changes());
  }
}
