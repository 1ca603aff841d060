package io.rke4j.vsphere.internal.machine;

import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.inventory.Inventory;
import io.rke4j.vsphere.internal.inventory.Site;
import io.rke4j.vsphere.internal.seed.Seed;
import io.rke4j.vsphere.internal.seed.UserData;
import io.rke4j.vsphere.internal.vim.MachineChange;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a machine from whatever stage it is at to the last one. Each method looks first, and does
 * nothing if it was done before.
 */
final class Completion {

  private final VCenter center;
  private final VsphereSettings settings;
  private final Ownership ownership;
  private final OwnMachines machines;
  private final OperationContext context;
  private final ObjectId id;

  Completion(
      VCenter center,
      VsphereSettings settings,
      Ownership ownership,
      OwnMachines machines,
      OperationContext context,
      ObjectId id) {
    this.center = center;
    this.settings = settings;
    this.ownership = ownership;
    this.machines = machines;
    this.context = context;
    this.id = id;
  }

  /** Records the machine's UUID in it: from now on a copy of it is known for what it is. */
  void record() {
    reach(Stage.RECORDED, 0.35, "recording its UUID", now -> ownership.record(now.mark()));
  }

  void hardware(Size size) {
    reach(
        Stage.HARDWARE,
        0.4,
        "setting processors, memory and disk",
        now -> Configuration.hardware(now, size));
  }

  void networks(Site site) {
    reach(
        Stage.NETWORKS,
        0.45,
        "plugging it into its networks",
        now -> Configuration.networks(now, site.networks()));
  }

  void parameters() {
    reach(
        Stage.PARAMETERS,
        0.5,
        "setting configuration parameters",
        now -> Configuration.parameters(settings.hardware().parameters(), settings.vApp()));
  }

  void seed(Inventory inventory, UserData user) {
    reach(
        Stage.SEED,
        0.55,
        "uploading its cloud-init.iso",
        now -> {
          String image = SeedFile.path(now);
          Seed seed = new Seed(now.mark().uuid(), ownership.node(now.mark()), user);
          center.files().upload(inventory.datacenterPath(), image, seed.image());
          List<MachineChange> changes = new ArrayList<>(Configuration.seed(now, image));
          changes.add(ownership.hostKey(user.hostKey().publicKey()));
          return changes;
        });
  }

  void tags() {
    if (settings.labels().tags().isEmpty()) {
      return;
    }
    context.progress(0.65, "attaching its tags");
    Set<String> present = center.tagging().of(id);
    settings.labels().tags().stream()
        .filter(tag -> !present.contains(tag))
        .forEach(tag -> center.tagging().attach(tag, id));
  }

  void attributes() {
    MachineFacts now = look();
    settings
        .labels()
        .attributes()
        .forEach(
            (number, value) -> {
              if (!value.equals(now.attributes().get(number))) {
                context.progress(0.7, "setting custom attribute " + number);
                center.vim().setAttribute(id, number, value);
              }
            });
  }

  void powerOn() {
    if (!look().state().on()) {
      context.progress(0.75, "powering it on");
      try {
        await("the power-on", center.vim().powerOn(id));
      } catch (VsphereException e) {
        // An earlier attempt of ours may still have been at it.
        if (!e.fault().equals("InvalidPowerState") || !look().state().on()) {
          throw e;
        }
      }
    }
  }

  /** Waits for the address, and marks the machine as ready. */
  String address() {
    context.progress(0.8, "waiting for its address");
    List<String> found = new ArrayList<>();
    context.waitUntil(
        "an IPv4 address on the first network of " + look().mark().name(),
        settings.guest().addressTimeout(),
        () -> {
          MachineFacts now = look();
          Optional<String> address = GuestAddress.of(now);
          address.ifPresent(found::add);
          return address.isPresent()
              ? Observation.done()
              : Observation.notYet(GuestAddress.seen(now));
        });
    String address = found.get(found.size() - 1);
    MachineFacts now = look();
    if (!ownership.isReady(now.mark())
        || !ownership.address(now.mark()).equals(Optional.of(address))) {
      await("the mark", center.vim().reconfigure(now, ownership.ready(address)));
    }
    context.progress(1, "ready at " + address);
    return address;
  }

  private interface Comparison {
    List<MachineChange> missing(MachineFacts now);
  }

  private void reach(Stage stage, double fraction, String note, Comparison comparison) {
    MachineFacts now = look();
    if (ownership.stage(now.mark()).compareTo(stage) >= 0) {
      return;
    }
    context.progress(fraction, note);
    if (now.state().on()) {
      // Whoever switched it on was too early: what is missing is read at the first boot.
      await("the power-off", center.vim().powerOff(id));
      now = look();
    }
    List<MachineChange> changes = new ArrayList<>(comparison.missing(now));
    changes.add(ownership.stage(stage));
    try {
      await(note, center.vim().reconfigure(now, changes));
    } catch (VsphereException e) {
      // Another run may have come first; then there is nothing left to do.
      if (ownership.stage(look().mark()).compareTo(stage) < 0) {
        throw e;
      }
    }
  }

  private MachineFacts look() {
    return machines
        .again(id)
        .orElseThrow(
            () ->
                VsphereException.unusable(
                    "virtual machine " + id.id(),
                    "is gone, or has lost its mark",
                    "Plan again, and find out who removed it"));
  }

  private void await(String what, ObjectId task) {
    new TaskWaiter(center.vim(), context).await(what, TaskWaiter.SHORT, task);
  }
}
