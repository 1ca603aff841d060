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
import io.rke4j.vsphere.internal.rest.RestTagging;
import io.rke4j.vsphere.internal.soap.SoapVim;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.VCenter;
import io.rke4j.vsphere.internal.web.Web;
import io.rke4j.vsphere.settings.VsphereConnection;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  VsphereDriver(VCenter center, VsphereSettings settings) {
    this.center = center;
    this.machines = new Machines(center, settings);
  }

  /**
   * Logs in to vCenter. The session is kept alive until the driver is closed.
   *
   * @throws VsphereException if vCenter is out of reach, shows a certificate that is not trusted,
   *     or refuses the login
   */
  public static VsphereDriver connect(VsphereSettings settings) {
    return new VsphereDriver(open(settings.connection()), settings);
  }

  static VCenter open(VsphereConnection connection) {
    Web web = new Web(connection);
    SoapVim vim = new SoapVim(web, connection);
    return new VCenter(
        vim, new DatastoreFiles(web, vim::cookie), new RestTagging(new RestCalls(web, connection)));
  }

  /** Also looks at vCenter: that all the settings name is there. Changes nothing. */
  @Override
  public List<SpecProblem> check(NodeSpec node) {
    return machines.check(node);
  }

  /**
   * The machine of a node, if it is ready; also one that is powered off, with the address that it
   * had.
   */
  @Override
  public Optional<Machine> find(NodeSpec node) {
    return machines.find(node.name()).map(reach -> machine(node.name(), reach));
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
      return machine(node.name(), machines.create(node.name(), wanted, context));
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

  private Machine machine(NodeName node, Machines.Reach reach) {
    return new Machine(
        node,
        reach.address(),
        reach.address(),
        machines.access(),
        ExistingHost.DEFAULT_DOCKER_SOCKET,
        reach.hostKeys());
  }

  @Override
  public void close() {
    center.close();
  }
}
