package io.rke4j.vsphere;

import io.rke4j.api.cluster.ExistingHost;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.machine.Machines;
import io.rke4j.vsphere.internal.rest.DatastoreFiles;
import io.rke4j.vsphere.internal.rest.RestCalls;
import io.rke4j.vsphere.internal.rest.RestLibrary;
import io.rke4j.vsphere.internal.rest.RestTagging;
import io.rke4j.vsphere.internal.soap.SoapVim;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.internal.web.Web;
import io.rke4j.vsphere.settings.VsphereConnection;
import io.rke4j.vsphere.settings.VsphereSettings;
import io.rke4j.vsphere.settings.VsphereTemplates;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the machines of one cluster in vSphere. Thread-safe. Every failure of vCenter is a {@link
 * VsphereException}.
 *
 * <p>A machine has the name of its node. It carries the mark of its cluster from the call that
 * makes it, and only what carries it is ever changed or destroyed. {@link #create} goes on wherever
 * an earlier attempt has stopped; a machine is found by {@link #find} when it is ready.
 */
public final class VsphereDriver implements NodeDriver {

  private final VCenter center;
  private final Machines machines;
  private final Map<String, Machines> others = new TreeMap<>();

  VsphereDriver(VCenter center, VsphereSettings settings) {
    this(center, VsphereTemplates.of(settings));
  }

  VsphereDriver(VCenter center, VsphereTemplates templates) {
    this.center = center;
    this.machines = new Machines(center, templates.usual());
    templates.named().forEach((name, settings) -> others.put(name, new Machines(center, settings)));
  }

  /**
   * Logs in to vCenter. The session is kept alive until the driver is closed.
   *
   * @throws VsphereException if vCenter is out of reach, shows a certificate that is not trusted,
   *     or refuses the login
   */
  public static VsphereDriver connect(VsphereSettings settings) {
    return connect(VsphereTemplates.of(settings));
  }

  /**
   * As {@link #connect(VsphereSettings)}, for machines that are made in several ways.
   *
   * @param templates the usual one, and those that nodes ask for by name
   */
  public static VsphereDriver connect(VsphereTemplates templates) {
    return new VsphereDriver(open(templates.usual().connection()), templates);
  }

  static VCenter open(VsphereConnection connection) {
    Web web = new Web(connection);
    SoapVim vim = new SoapVim(web, connection);
    RestCalls rest = new RestCalls(web, connection);
    return new VCenter(
        vim, new DatastoreFiles(web, vim::cookie), new RestTagging(rest), new RestLibrary(rest));
  }

  /** Also looks at vCenter: that all the settings name is there. Changes nothing. */
  @Override
  public List<SpecProblem> check(NodeSpec node) {
    String template = template(node);
    if (!template.isEmpty() && !others.containsKey(template)) {
      return List.of(
          new SpecProblem(
              "node " + node.name(),
              "asks for the template '" + template + "', which the driver does not have",
              others.isEmpty() ? "leave it out" : "name one of " + others.keySet()));
    }
    return machines(node).check(node);
  }

  private static String template(NodeSpec node) {
    return node.machine() instanceof VirtualMachine wanted ? wanted.template() : "";
  }

  /** All find the same machines; they differ in how they make them, and how they get into them. */
  private Machines machines(NodeSpec node) {
    return others.getOrDefault(template(node), machines);
  }

  /**
   * The machine of a node, if it is ready; also one that is powered off, with the address that it
   * had.
   */
  @Override
  public Optional<Machine> find(NodeSpec node) {
    return machines.find(node.name()).map(reach -> machine(node, reach));
  }

  /** Also one that never became ready. */
  @Override
  public boolean exists(NodeSpec node) {
    return machines.all().stream().anyMatch(one -> one.node().equals(node.name().value()));
  }

  /** Makes the machine, or completes the one that an earlier attempt has left. */
  @Override
  public Machine create(NodeSpec node, OperationContext context) {
    if (node.machine() instanceof VirtualMachine wanted) {
      return machine(node, machines(node).create(node.name(), wanted, context));
    }
    throw VsphereException.unusable(
        "node " + node.name(), "has an address already", "Give it a machine in place of it");
  }

  /** Also destroys a machine of the node that never became ready. */
  @Override
  public void destroy(NodeSpec node, OperationContext context) {
    machines.destroy(node.name(), context);
  }

  /**
   * Lists the machines of the cluster whose nodes are none of the wanted ones. Nothing is changed:
   * look at the list before giving it to {@link #remove}.
   *
   * @param wanted the nodes that the cluster has; all others' machines are orphans
   */
  public List<Orphan> orphans(Set<NodeName> wanted) {
    return machines.all().stream()
        .filter(one -> wanted.stream().noneMatch(node -> node.value().equals(one.node())))
        .map(one -> new Orphan(one.name(), one.id().id(), one.node(), one.stage()))
        .toList();
  }

  /**
   * Destroys orphans. Each is looked at again before; one that is gone, or no longer carries the
   * mark, is left alone.
   */
  public void remove(Collection<Orphan> orphans, OperationContext context) {
    for (Orphan orphan : orphans) {
      machines.destroy(new ObjectId(Kind.MACHINE.type(), orphan.id()), context);
    }
  }

  private Machine machine(NodeSpec node, Machines.Reach reach) {
    return new Machine(
        node.name(),
        reach.address(),
        reach.address(),
        machines(node).access(),
        ExistingHost.DEFAULT_DOCKER_SOCKET,
        reach.hostKeys());
  }

  @Override
  public void close() {
    center.close();
  }
}
