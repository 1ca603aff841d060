package io.rke4j.core.phase.etcd;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes etcd's data folder, closed to everybody else: etcd warns of, and newer ones refuse, an open
 * one.
 *
 * @param node where
 * @param after what must be done before
 * @param carrier a container that mounts the folder
 */
record PrepareDataDirectory(
    NodeName node, Set<StepId> after, Function<EngineFacts, ContainerSpec> carrier)
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
    return host.containers().state("etcd").isPresent()
        ? Decision.upToDate()
        : Decision.create("make /var/lib/etcd with mode 700");
  }

  @Override
  public void apply(Host host, OperationContext context) {
    host.containers()
        .writeFiles(
            carrier.apply(host.containers().facts()),
            List.of(HostFile.folder(FOLDER, 0700)),
            context);
  }
}
