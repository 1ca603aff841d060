package io.rke4j.core.phase;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.host.Probe;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.runtime.ContainerFailedException;
import io.rke4j.spi.runtime.ContainerState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Waits until a container does its work. If it does not, the failure carries its last log lines.
 *
 * @param id names the step
 * @param node where
 * @param after what must be done before
 * @param container the container's name
 * @param probe what it has to answer
 * @param atMost how long it may take
 */
public record AwaitHealthy(
    StepId id, NodeName node, Set<StepId> after, String container, Probe probe, Duration atMost)
    implements Step.OnNode {

  private static final int LOG_LINES = 12;

  /** Copies the ids. */
  public AwaitHealthy {
    after = Set.copyOf(after);
  }

  @Override
  public String title() {
    return "wait until " + container + " on " + node + " is healthy";
  }

  @Override
  public Decision inspect(HostView host) {
    return host.probe(probe).reached()
        ? Decision.upToDate()
        : Decision.followUp("wait until " + container + " answers " + probe);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    try {
      context.waitUntil(container + " on " + node, atMost, () -> look(host));
    } catch (WaitTimeoutException e) {
      throw new ContainerFailedException(
          container,
          node.value(),
          "did not become healthy within " + atMost.toSeconds() + "s (last: " + e.lastSeen() + ")",
          "Its last log lines say why",
          host.containers().lastLogLines(container, LOG_LINES));
    }
  }

  private Observation look(Host host) {
    Observation answer = host.probe(probe);
    if (answer.reached()) {
      return answer;
    }
    Optional<ContainerState> state = host.containers().state(container);
    if (state.isEmpty()) {
      return Observation.notYet("there is no container " + container);
    }
    return state.get().isRunning()
        ? answer
        : Observation.notYet(container + " is " + state.get().status() + "; " + answer.lastSeen());
  }
}
