package io.rke4j.vsphere.internal.machine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.spi.OperationContext;
import io.rke4j.vsphere.internal.inventory.Inventory;
import io.rke4j.vsphere.internal.inventory.Site;
import io.rke4j.vsphere.internal.keys.KeyFolder;
import io.rke4j.vsphere.internal.seed.UserData;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.MachineMark;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.settings.Account;
import io.rke4j.vsphere.settings.GuestAccess;
import io.rke4j.vsphere.settings.LoginKey;
import io.rke4j.vsphere.settings.MachineSource;
import io.rke4j.vsphere.settings.MachineSource.LibraryItem;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machines of one cluster in one vCenter: checked, found, made and destroyed. */
public final class Machines {

  /** What vCenter takes. */
  private static final int LONGEST_NAME = 80;

  private final VCenter center;
  private final VsphereSettings settings;
  private final Inventory inventory;
  private final Ownership ownership;
  private final OwnMachines own;
  private final KeyFolder keys;

  /** Machines as the settings want them. */
  public Machines(VCenter center, VsphereSettings settings) {
    this.center = center;
    this.settings = settings;
    this.inventory = new Inventory(center.vim(), settings.placement());
    this.ownership = new Ownership(settings.cluster());
    this.own = new OwnMachines(center.vim(), inventory, ownership);
    this.keys = new KeyFolder(settings.guest().keyFolder());
  }

  /**
   * A machine of the cluster.
   *
   * @param id its id
   * @param name its name
   * @param node the node it was made for
   * @param stage the last stage that it has behind it
   */
  public record Known(ObjectId id, String name, String node, String stage) {}

  /** What of a node cannot be made; nothing is changed. */
  public List<SpecProblem> check(NodeSpec node) {
    List<SpecProblem> problems = new ArrayList<>();
    String place = "node " + node.name();
    if (node.machine() instanceof VirtualMachine machine) {
      try {
        Size.of(machine);
      } catch (IllegalArgumentException e) {
        problems.add(new SpecProblem(place, String.valueOf(e.getMessage()), ""));
      }
    } else {
      problems.add(
          new SpecProblem(
              place,
              "has an address, and the driver for vSphere makes machines",
              "give it a machine in place of the address"));
    }
    List<SpecProblem> found = new ArrayList<>(inventory.problems());
    found.addAll(sourceProblems());
    found.addAll(nameProblems(node.name()));
    found.addAll(tagProblems());
    found.stream().map(one -> at(place, one)).forEach(problems::add);
    return problems;
  }

  private List<SpecProblem> sourceProblems() {
    List<SpecProblem> problems = new ArrayList<>();
    if (settings.source() instanceof MachineSource.Clone clone) {
      Inventory.attempt(problems, "cloneFrom", () -> inventory.machine(clone.name()));
    } else if (settings.source() instanceof LibraryItem from) {
      Inventory.attempt(
          problems, "cloneFrom", () -> center.library().item(from.library(), from.item()));
    }
    return problems;
  }

  private List<SpecProblem> nameProblems(NodeName node) {
    boolean deployed = settings.source() instanceof LibraryItem;
    if (deployed && ownership.nameBeforeMark(node).length() > LONGEST_NAME) {
      return List.of(
          new SpecProblem(
              "contentLibrary",
              "the names of cluster and node are too long for vCenter when put together",
              "shorten them to 73 characters in all"));
    }
    return List.of();
  }

  private List<SpecProblem> tagProblems() {
    return settings.labels().tags().stream()
        .filter(tag -> !center.tagging().exists(tag))
        .map(tag -> new SpecProblem("tag", tag + " does not exist", "check the id of the tag"))
        .toList();
  }

  private static SpecProblem at(String place, SpecProblem problem) {
    return new SpecProblem(place + ", " + problem.path(), problem.problem(), problem.hint());
  }

  /**
   * How a machine is reached.
   *
   * @param address its address
   * @param hostKeys the public keys by which it is known; empty if it was made without
   */
  public record Reach(String address, List<String> hostKeys) {

    /** Copies the keys. */
    public Reach {
      hostKeys = List.copyOf(hostKeys);
    }
  }

  /** How a node's machine is reached, if it is ready. */
  public Optional<Reach> find(NodeName node) {
    return own.find(node)
        .filter(machine -> ownership.isReady(machine.mark()))
        .flatMap(machine -> address(machine).map(address -> reach(machine.mark(), address)));
  }

  private Optional<String> address(MachineFacts machine) {
    Optional<String> last = ownership.address(machine.mark());
    return machine.state().on() ? GuestAddress.of(machine).or(() -> last) : last;
  }

  private Reach reach(MachineMark machine, String address) {
    return new Reach(address, ownership.hostKeys(machine));
  }

  /** Makes the machine of a node, or goes on where it was left; returns how it is reached. */
  public Reach create(NodeName node, VirtualMachine wanted, OperationContext context) {
    Size size = Size.of(wanted);
    context.progress(0.05, "looking for the machine of " + node);
    Optional<MachineFacts> present = own.find(node);
    // A machine that is ready needs none of what may have been renamed since it was made.
    if (present.filter(machine -> ownership.isReady(machine.mark())).isPresent()) {
      Completion ready = completion(present.get().id(), context);
      ready.powerOn();
      return reach(present.get().mark(), ready.address());
    }
    // Saved before there is a machine: what it will be known by cannot get lost.
    UserData user = userData(node);
    Site site = inventory.site();
    MachineFacts machine = present.orElseGet(() -> made(node, site, context));
    Completion completion = completion(machine.id(), context);
    completion.record();
    completion.hardware(size);
    completion.networks(site);
    completion.parameters();
    completion.seed(inventory, user);
    completion.tags();
    completion.attributes();
    completion.powerOn();
    String address = completion.address();
    return reach(own.again(machine.id()).map(MachineFacts::mark).orElse(machine.mark()), address);
  }

  private UserData userData(NodeName node) {
    GuestAccess guest = settings.guest();
    List<String> authorized = new ArrayList<>(guest.login().authorizedKeys());
    if (guest.login() instanceof LoginKey.Made) {
      authorized.add(keys.login().publicKey());
    }
    return new UserData(guest.account(), authorized, keys.host(node), guest.cloudConfig());
  }

  private MachineFacts made(NodeName node, Site site, OperationContext context) {
    MachineFacts made =
        settings.source() instanceof MachineSource.Clone clone
            ? new Cloning(center.vim(), inventory, own, ownership, clone).make(node, site, context)
            : new Deploying(center.library(), own, ownership, (LibraryItem) settings.source())
                .make(node, site, context);
    context.progress(0.3, "made as " + made.id().id() + " with UUID " + made.mark().uuid());
    return made;
  }

  private Completion completion(ObjectId id, OperationContext context) {
    return new Completion(center, settings, ownership, own, context, id);
  }

  /** Destroys the machine of a node, if there is one. */
  public void destroy(NodeName node, OperationContext context) {
    own.all(node).forEach(machine -> destroy(machine.id(), context));
    keys.forget(node);
  }

  /** Destroys a machine of the cluster, if it is there and still one. */
  public void destroy(ObjectId id, OperationContext context) {
    Removal removal = new Removal(center.vim(), inventory, own, context);
    removal.remove(id, settings.guest().shutdownTimeout());
  }

  /** What opens a machine of the cluster. */
  public SshAccess access() {
    Account account = settings.guest().account();
    SshKey key =
        settings.guest().login() instanceof LoginKey.Given given
            ? given.key()
            : SshKey.file(keys.loginFile());
    return new SshAccess(account.user(), account.port(), key);
  }

  /** All machines of the cluster. */
  public List<Known> all() {
    return own.all().stream().map(this::known).toList();
  }

  private Known known(MachineMark mark) {
    return new Known(mark.id(), mark.name(), ownership.node(mark), ownership.stage(mark).slug());
  }
}
