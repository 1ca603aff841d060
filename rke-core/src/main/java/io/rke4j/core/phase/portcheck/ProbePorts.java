package io.rke4j.core.phase.portcheck;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.render.PortChecker;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.RunResult;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Connects from one host to the ports of the others.
 *
 * @param node where
 * @param after what must be done before
 * @param targets what is connected to, as {@code address:port}
 * @param checker the container that connects, and writes what it cannot reach
 */
record ProbePorts(
    NodeName node,
    Set<StepId> after,
    List<String> targets,
    Function<EngineFacts, ContainerSpec> checker)
    implements Step.OnNode {

  static StepId id(NodeName node) {
    return Steps.on(Phase.PORTCHECK, "probe-ports", node);
  }

  @Override
  public StepId id() {
    return id(node);
  }

  @Override
  public String title() {
    return "connect from " + node + " to " + targets.size() + " ports";
  }

  @Override
  public Decision inspect(HostView host) {
    return Decision.create("connect to " + String.join(", ", targets));
  }

  @Override
  public void apply(Host host, OperationContext context) {
    RunResult result = host.containers().run(checker.apply(host.containers().facts()), context);
    List<String> unreachable = PortChecker.unreachable(result);
    if (result.exitCode() != 0 || !unreachable.isEmpty()) {
      throw new PortsUnreachableException(node, result.exitCode(), unreachable);
    }
  }
}
