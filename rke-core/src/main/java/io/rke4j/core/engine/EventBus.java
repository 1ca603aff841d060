package io.rke4j.core.engine;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionEvent.Outcome;
import io.rke4j.api.event.ProvisionEvent.Stamp;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.StepId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the events of one run and hands them to the listeners, in order, on a thread of its own.
 */
public final class EventBus {

  private static final Logger log = LoggerFactory.getLogger(EventBus.class);

  private final String run;
  private final Clock clock;
  private final EventDelivery delivery;

  /** Starts to deliver to these listeners. */
  public EventBus(String run, Clock clock, List<ProvisionListener> listeners) {
    this.run = run;
    this.clock = clock;
    this.delivery = new EventDelivery(run, listeners);
  }

  /** Delivers what is left and ends the thread. */
  public void close() {
    delivery.close();
  }

  /** Whether the calling thread is the one that listeners are called on. */
  public boolean isDelivering() {
    return delivery.isCurrentThread();
  }

  void runStarted(Plan plan) {
    publish(stamp -> new ProvisionEvent.RunStarted(stamp, plan));
  }

  void runFinished(Outcome outcome, Duration took) {
    publish(stamp -> new ProvisionEvent.RunFinished(stamp, outcome, took));
  }

  void phaseStarted(Phase phase) {
    publish(stamp -> new ProvisionEvent.PhaseStarted(stamp, phase));
  }

  void phaseFinished(Phase phase, Outcome outcome) {
    publish(stamp -> new ProvisionEvent.PhaseFinished(stamp, phase, outcome));
  }

  void stepStarted(StepId step, String title) {
    publish(stamp -> new ProvisionEvent.StepStarted(stamp, step, title));
  }

  void stepProgress(StepId step, double fraction, String note) {
    publish(stamp -> new ProvisionEvent.StepProgress(stamp, step, fraction, note));
  }

  void stepRetrying(StepId step, int attempt, Duration in, Throwable cause) {
    publish(stamp -> new ProvisionEvent.StepRetrying(stamp, step, attempt, in, cause));
  }

  void stepSucceeded(StepId step, Duration took) {
    publish(stamp -> new ProvisionEvent.StepSucceeded(stamp, step, took));
  }

  void stepFailed(StepId step, Throwable cause, List<String> evidence) {
    publish(stamp -> new ProvisionEvent.StepFailed(stamp, step, cause, evidence));
  }

  void stepSkipped(StepId step) {
    publish(stamp -> new ProvisionEvent.StepSkipped(stamp, step));
  }

  /** A host answered. */
  public void nodeConnected(String node, String facts) {
    publish(stamp -> new ProvisionEvent.NodeConnected(stamp, node, facts));
  }

  /** Kubernetes reports a node as ready. */
  public void nodeReady(String node) {
    publish(stamp -> new ProvisionEvent.NodeReady(stamp, node));
  }

  /** A node is no longer part of the cluster. */
  public void nodeRemoved(String node) {
    publish(stamp -> new ProvisionEvent.NodeRemoved(stamp, node));
  }

  /** Something the user should know and that ends nothing; dropped if nobody can keep up. */
  public void warning(String text) {
    if (!delivery.mention(number -> new ProvisionEvent.Warning(stamp(number), text))) {
      log.warn("a listener cannot keep up and missed a warning: {}", text);
    }
  }

  private void publish(Function<Stamp, ProvisionEvent> make) {
    delivery.publish(number -> make.apply(stamp(number)));
  }

  private Stamp stamp(long number) {
    return new Stamp(run, number, clock.instant());
  }
}
