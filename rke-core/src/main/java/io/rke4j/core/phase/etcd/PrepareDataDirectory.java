package io.rke4j.core.phase.etcd;

import io.rke4j.api.cluster.EtcdHosting.Managed;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.container.SetAside;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerFailedException;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.spi.runtime.RunResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes etcd's data folder, closed to everybody else: etcd warns of, and newer ones refuse, an open
 * one. Where etcd ran as another user, the data become those of the new one.
 *
 * @param node where
 * @param after what must be done before
 * @param managed whose the data are
 * @param founders who begins the cluster
 * @param carrier a container that mounts the folder
 */
record PrepareDataDirectory(
    NodeName node,
    Set<StepId> after,
    Managed managed,
    Founders founders,
    Function<EngineFacts, ContainerSpec> carrier)
    implements Step.OnNode {

  private static final String FOLDER = "/var/lib/rancher/etcd";

  static StepId id(NodeName node) {
    return Steps.on(Phase.ETCD, "prepare-data-directory", node);
  }

  @Override
  public StepId id() {
    return id(node);
  }

  @Override
  public String title() {
    return "prepare the data directory of etcd on " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    // A replacement that was cut off has left it under its other name.
    Optional<ContainerState> etcd =
        host.containers().state("etcd").or(() -> host.containers().state(SetAside.name("etcd")));
    String folder = folder(carrier.apply(host.containers().facts()));
    if (etcd.isEmpty()) {
      return Decision.create(
          managed.byRoot()
              ? "make " + folder + " with mode 700"
              : "make " + folder + " with mode 700, for user " + managed.user());
    }
    requireSame(folder, folder(etcd.get().definition()));
    founders.check(node, etcd.get());
    return changesHands(etcd.get())
        ? Decision.replace(List.of("give " + folder + " to user " + managed.user()))
        : Decision.upToDate();
  }

  /**
   * In another folder, an etcd that knows nothing would take the place of the one that is there.
   */
  private void requireSame(String wanted, String there) {
    if (!there.isEmpty() && !there.equals(wanted)) {
      throw new EtcdDataElsewhereException(node.value(), there, wanted);
    }
  }

  /** Where on the host a container has etcd's data; empty if it has none. */
  private static String folder(ContainerSpec container) {
    return container.mounts().binds().stream()
        .map(bind -> bind.split(":", 3))
        .filter(parts -> parts.length > 1 && parts[1].replaceFirst("/$", "").equals(FOLDER))
        .map(parts -> parts[0])
        .findFirst()
        .orElse("");
  }

  /** Root reads everything. One that does not run may have found a file that is not its own. */
  private boolean changesHands(ContainerState etcd) {
    boolean other = !etcd.definition().program().user().equals(managed.user());
    return !managed.byRoot() && (other || !etcd.isRunning());
  }

  @Override
  public void apply(Host host, OperationContext context) {
    ContainerSpec container = carrier.apply(host.containers().facts());
    HostFile.Owner owner = new HostFile.Owner(managed.uid(), managed.gid());
    host.containers()
        .writeFiles(container, List.of(HostFile.folder(FOLDER, 0700).ownedBy(owner)), context);
    if (!managed.byRoot()) {
      giveAway(host, container, context);
    }
  }

  private void giveAway(Host host, ContainerSpec container, OperationContext context) {
    ContainerSpec change =
        ContainerSpec.named(container.name(), container.image())
            .entrypoint(List.of("chown", "-R"))
            .command(List.of(managed.user(), FOLDER))
            .binds(container.mounts().binds())
            .build();
    RunResult result = host.containers().run(change, context);
    if (result.exitCode() != 0) {
      throw new ContainerFailedException(
          container.name(),
          node.value(),
          "could not give etcd's data to user " + managed.user(),
          "Its output says which file; apply again when that is mended",
          result.standardError().lines().toList());
    }
  }
}
