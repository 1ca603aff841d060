package io.rke4j.core.phase.controlplane;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerFailedException;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.RunResult;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes a file that nobody reads any more from a host.
 *
 * @param id names the step
 * @param node where
 * @param after what must be done before
 * @param path the file
 * @param remover the container that deletes it
 */
record RemoveFile(
    StepId id,
    NodeName node,
    Set<StepId> after,
    String path,
    Function<EngineFacts, ContainerSpec> remover)
    implements Step.OnNode {

  @Override
  public String title() {
    return "delete " + path + " on " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    return host.containers().files("kube-apiserver", path).isEmpty()
        ? Decision.upToDate()
        : Decision.remove("delete " + path);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    ContainerSpec container = remover.apply(host.containers().facts());
    RunResult result = host.containers().run(container, context);
    if (result.exitCode() != 0) {
      throw new ContainerFailedException(
          container.name(),
          node.value(),
          "ended with exit code " + result.exitCode(),
          "Apply again, or delete " + path + " by hand",
          result.standardError().lines().toList());
    }
  }
}
