package io.rke4j.vsphere.internal.machine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.inventory.Inventory;
import io.rke4j.vsphere.internal.vim.Item;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.MachineMark;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.Vim;
import java.util.List;
import java.util.Optional;

/** The machines that carry this cluster's mark. */
final class OwnMachines {

  private final Vim vim;
  private final Inventory inventory;
  private final Ownership ownership;

  OwnMachines(Vim vim, Inventory inventory, Ownership ownership) {
    this.vim = vim;
    this.inventory = inventory;
    this.ownership = ownership;
  }

  /** The machine of a node, also one that is not ready. */
  Optional<MachineFacts> find(NodeName node) {
    ObjectId datacenter = inventory.datacenter();
    // Nearly always it has its name still, and one need not read the parameters of all machines.
    for (Item item : vim.items(datacenter, Kind.MACHINE)) {
      if (item.name().equals(node.value())) {
        Optional<MachineFacts> machine = look(item.id(), node);
        if (machine.isPresent()) {
          return machine;
        }
      }
    }
    List<MachineMark> marked = all(datacenter, node);
    if (marked.size() > 1) {
      throw VsphereException.unusable(
          "node " + node,
          "has several machines: " + marked.stream().map(MachineMark::name).toList(),
          "Remove all but one in vCenter");
    }
    return marked.isEmpty() ? Optional.empty() : look(marked.get(0).id(), node);
  }

  private Optional<MachineFacts> look(ObjectId id, NodeName node) {
    return vim.machine(id).filter(machine -> ownership.isOf(machine.mark(), node));
  }

  /** All machines of a node, by their marks alone. */
  List<MachineMark> all(NodeName node) {
    return all(inventory.datacenter(), node);
  }

  private List<MachineMark> all(ObjectId datacenter, NodeName node) {
    return vim.marks(datacenter).stream().filter(one -> ownership.isOf(one, node)).toList();
  }

  /** All machines of the cluster. */
  List<MachineMark> all() {
    return vim.marks(inventory.datacenter()).stream().filter(ownership::owns).toList();
  }

  /** The machine as it is now, if it is there and still ours. */
  Optional<MachineFacts> again(ObjectId id) {
    return vim.machine(id).filter(machine -> ownership.owns(machine.mark()));
  }
}
