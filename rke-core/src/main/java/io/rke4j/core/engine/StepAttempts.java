package io.rke4j.core.engine;

import io.rke4j.api.PlanOutdatedException;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.host.Hosts;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.state.LeaseLostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Carries one step out: decides it again, holds the decision against the plan, acts, and tries
 * again where a failure says that this may help.
 */
final class StepAttempts {

  private final Hosts hosts;
  private final Decisions decisions;
  private final String cluster;
  private final Map<StepId, Decision> planned;
  private final RunControl control;
  private final EventBus events;
  private final Patience patience;

  StepAttempts(Hosts hosts, Plan plan, RunControl control, EventBus events, Patience patience) {
    this.hosts = hosts;
    this.decisions = new Decisions(hosts);
    this.cluster = plan.spec().name();
    this.planned =
        plan.steps().stream()
            .collect(Collectors.toMap(PlannedStep::id, PlannedStep::decision, (one, other) -> one));
    this.control = control;
    this.events = events;
    this.patience = patience;
  }

  void carryOut(Step step) {
    Telling telling = new Telling(step);
    try {
      Decision decision = retrying(telling, context -> decisions.of(step));
      if (decision.isUpToDate()) {
        telling.nothingToDo();
        return;
      }
      telling.start();
      holdAgainstPlan(step, decision);
      retrying(
          telling,
          context -> {
            act(step, context);
            return decision;
          });
      events.stepSucceeded(step.id(), telling.took());
    } catch (Throwable e) {
      telling.failed(e);
      throw e;
    }
  }

  /** Tells listeners of a step that no thread could be found for. */
  void refused(Step step, Throwable cause) {
    new Telling(step).failed(cause);
  }

  /** Makes sure that a step begins for listeners before anything else is told of it. */
  private final class Telling {

    private final Step step;
    private final long begin = control.nanoTime();
    private boolean started;

    Telling(Step step) {
      this.step = step;
    }

    void start() {
      if (!started) {
        started = true;
        events.stepStarted(step.id(), step.title());
      }
    }

    /** Whoever had to be asked twice has begun for listeners, and must end for them. */
    void nothingToDo() {
      if (started) {
        events.stepSucceeded(step.id(), took());
      } else {
        events.stepSkipped(step.id());
      }
    }

    void failed(Throwable cause) {
      // First, so that nothing starts any more for whoever hears of it.
      control.stepFailed(patience.grace().multipliedBy(3));
      start();
      events.stepFailed(
          step.id(), cause, cause instanceof RkeException ours ? ours.evidence() : List.of());
    }

    Duration took() {
      return Duration.ofNanos(control.nanoTime() - begin);
    }
  }

  private void act(Step step, OperationContext context) {
    if (!control.mayChange()) {
      throw new LeaseLostException(cluster);
    }
    if (step instanceof Step.OnNode onNode) {
      onNode.apply(hosts.open(onNode.node()), context);
    } else {
      ((Step.OnCluster) step).apply(context);
    }
  }

  private interface Attempt {
    Decision run(OperationContext context);
  }

  private Decision retrying(Telling telling, Attempt attempt) {
    StepId step = telling.step.id();
    Duration pause = patience.firstPause();
    for (int number = 1; ; number++) {
      try {
        return attempt.run(new StepContext(step, number, control, events, patience.pace()));
      } catch (ProviderException e) {
        if (!e.isTransient() || number >= patience.attempts()) {
          throw e;
        }
        telling.start();
        events.stepRetrying(step, number + 1, pause, e);
        waitFor(step, pause);
        pause = pause.multipliedBy(3);
      }
    }
  }

  private void waitFor(StepId step, Duration pause) {
    try {
      if (control.cancelledWithin(pause.toMillis())) {
        throw new OperationCancelledException(step.toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException(step.toString());
    }
  }

  private void holdAgainstPlan(Step step, Decision now) {
    Decision approved = planned.getOrDefault(step.id(), Decision.upToDate());
    if (goesBeyond(approved, now)) {
      throw new PlanOutdatedException(step.id(), words(approved), words(now));
    }
  }

  private static boolean goesBeyond(Decision planned, Decision now) {
    if (planned instanceof Decision.Deferred || !(now instanceof Decision.Change change)) {
      return false;
    }
    if (change.kind() == Decision.Kind.FOLLOW_UP) {
      return false;
    }
    return !(planned instanceof Decision.Change approved)
        || change.kind().compareTo(approved.kind()) > 0;
  }

  private static String words(Decision decision) {
    return decision instanceof Decision.Change change
        ? String.join("; ", change.changes())
        : "nothing to do";
  }
}
