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

  /** Once or twice a component may stumble over another one that starts at the same time. */
  private static final int MOST_RESTARTS = 4;

  /** The engine takes ever longer to start again what ends at once, so the count alone is slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    Watch watch = new Watch(host);
    try {
      context.waitUntil(container + " on " + node, atMost, watch::look);
    } catch (WaitTimeoutException e) {
      throw failed(
          host,
          "did not become healthy within "
              + e.waited().toSeconds()
              + "s (last: "
              + e.lastSeen()
              + ")");
    }
  }

  /** Looks again and again, and knows when it is no use any more. */
  private final class Watch {

    private final Host host;
    private final int restartsBefore;
    private final long start = System.nanoTime();
    private long lastAlive = start;

    Watch(Host host) {
      this.host = host;
      // Restarts of earlier days say nothing of today.
      this.restartsBefore =
          host.containers().state(container).map(ContainerState::restarts).orElse(0);
    }

    Observation look() {
      Observation answer = host.probe(probe);
      if (answer.reached()) {
        return answer;
      }
      Optional<ContainerState> found = host.containers().state(container);
      if (found.isEmpty()) {
        return Observation.notYet("there is no container " + container);
      }
      ContainerState state = found.get();
      if (state.status() != ContainerState.Status.EXITED) {
        lastAlive = System.nanoTime();
      }
      if (keepsEnding(state)) {
        throw failed(
            host,
            "has ended "
                + state.restarts()
                + " times, the last time with exit code "
                + state.exitCode());
      }
      // Somebody has stopped it; the engine brings it back only if it is itself just starting.
      if (System.nanoTime() - lastAlive >= PATIENCE.toNanos()) {
        throw failed(
            host, "has ended with exit code " + state.exitCode() + ", and nobody starts it again");
      }
      return state.isRunning()
          ? answer
          : Observation.notYet(container + " is " + state.status() + "; " + answer.lastSeen());
    }

    private boolean keepsEnding(ContainerState state) {
      return state.restarts() - restartsBefore >= MOST_RESTARTS
          || (state.restarts() >= MOST_RESTARTS
              && !state.isRunning()
              && System.nanoTime() - start >= PATIENCE.toNanos());
    }
  }

  private ContainerFailedException failed(Host host, String why) {
    return new ContainerFailedException(
        container,
        node.value(),
        why,
        "Its last log lines say why",
        LastWords.of(host.containers(), container));
  }
}
