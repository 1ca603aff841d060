package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.render.HostCleaner;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerFailedException;
import io.rke4j.spi.runtime.RunResult;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Takes from a host what containers have left on it: files, mounts, interfaces, firewall rules.
 *
 * @param cluster the cluster
 * @param target the node
 * @param begun whether anything was ever put on the host
 * @param after what must be done before
 * @param removed hears of the node when nothing is left of it on its host
 */
public record CleanHost(
    Resolved cluster,
    ClusterNode target,
    boolean begun,
    Set<StepId> after,
    Consumer<NodeName> removed)
    implements Step.OnNode {

  /** Copies the ids. */
  public CleanHost {
    after = Set.copyOf(after);
  }

  /** The step on that node. */
  public static StepId id(NodeName node) {
    return Steps.on(Phase.FILES, "clean-host", node);
  }

  @Override
  public StepId id() {
    return id(target.name());
  }

  @Override
  public NodeName node() {
    return target.name();
  }

  @Override
  public String title() {
    return "clean " + target.name();
  }

  @Override
  public Decision inspect(HostView host) {
    String etcd = cluster.spec().services().etcd().isExternal() ? "" : "etcd's data, ";
    return begun
        ? Decision.remove(
            "delete certificates, configuration, " + etcd + "kubelet's files and the CNI plugins",
            "unmount the volumes of pods, delete their interfaces and Kubernetes' firewall rules",
            "keep images, and etcd snapshots if there are any")
        : Decision.upToDate();
  }

  @Override
  public void apply(Host host, OperationContext context) {
    RunResult result =
        host.containers()
            .run(new HostCleaner().render(cluster, target, host.containers().facts()), context);
    if (result.exitCode() != 0) {
      throw new ContainerFailedException(
          HostCleaner.NAME,
          target.address(),
          "ended with exit code " + result.exitCode(),
          "What it could not clean stands in its output; apply again when that is mended",
          Stream.concat(result.standardOutput().lines(), result.standardError().lines()).toList());
    }
    removed.accept(target.name());
  }
}
