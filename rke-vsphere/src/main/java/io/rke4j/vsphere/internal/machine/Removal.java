package io.rke4j.vsphere.internal.machine;

import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.inventory.Inventory;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.Vim;
import java.time.Duration;
import java.util.Optional;

/** Destroys a machine and what was put beside it. The machine goes last: it carries the mark. */
final class Removal {

  private final Vim vim;
  private final Inventory inventory;
  private final OwnMachines machines;
  private final TaskWaiter tasks;
  private final OperationContext context;

  Removal(Vim vim, Inventory inventory, OwnMachines machines, OperationContext context) {
    this.vim = vim;
    this.inventory = inventory;
    this.machines = machines;
    this.tasks = new TaskWaiter(vim, context);
    this.context = context;
  }

  /**
   * Destroys the machine if it is still there and ours.
   *
   * @param patience how long its guest may take to shut down
   */
  void remove(ObjectId id, Duration patience) {
    Optional<MachineFacts> found = machines.again(id);
    if (found.isPresent()) {
      remove(id, found.get(), patience);
    }
  }

  private void remove(ObjectId id, MachineFacts machine, Duration patience) {
    if (machine.state().template()) {
      throw VsphereException.unusable(
          "virtual machine '" + machine.mark().name() + "'",
          "has been made a template",
          "Remove it in vCenter if nobody needs it");
    }
    if (machine.state().on() && !shutDown(id, patience)) {
      context.progress(0.2, "powering " + machine.mark().name() + " off");
      unlessGone("InvalidPowerState", "the power-off", () -> vim.powerOff(id));
    }
    context.progress(0.5, "deleting its cloud-init.iso");
    unlessGone(
        "FileNotFound",
        "the deletion of its cloud-init.iso",
        () -> vim.deleteFile(inventory.datacenter(), SeedFile.path(machine)));
    context.progress(0.7, "destroying " + machine.mark().name());
    unlessGone("ManagedObjectNotFound", "the destruction", () -> vim.destroy(id));
  }

  /** Whether the guest has shut down. Where it cannot be asked, or takes too long, it has not. */
  private boolean shutDown(ObjectId id, Duration patience) {
    if (patience.isZero()) {
      return false;
    }
    context.progress(0.1, "asking its guest to shut down");
    try {
      vim.shutDownGuest(id);
    } catch (VsphereException e) {
      if (e.fault().isEmpty()) {
        throw e;
      }
      context.progress(0.1, "it cannot be asked: " + e.getMessage());
      return false;
    }
    try {
      context.waitUntil(
          "the shutdown of the guest",
          patience,
          () -> isOn(id) ? Observation.notYet("it is powered on") : Observation.done());
      return true;
    } catch (WaitTimeoutException e) {
      context.progress(0.1, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private boolean isOn(ObjectId id) {
    return machines.again(id).filter(machine -> machine.state().on()).isPresent();
  }

  private interface Start {
    ObjectId task();
  }

  private void unlessGone(String fault, String what, Start start) {
    try {
      tasks.await(what, TaskWaiter.SHORT, start.task());
    } catch (VsphereException e) {
      if (!e.fault().equals(fault) && !e.fault().equals("ManagedObjectNotFound")) {
        throw e;
      }
    }
  }
}
