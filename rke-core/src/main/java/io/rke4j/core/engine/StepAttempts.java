package io.rke4j.core.engine;

import io.rke4j.api.PlanOutdatedException;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.core.host.Hosts;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import java.time.Duration;
import java.util.List;

/**
 * Carries one step out: decides it again, holds the decision against the plan, acts, and tries
 * again where a failure says that this may help.
 */
final class StepAttempts {

  private static final int MOST_ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final Hosts hosts;
  private final Decisions decisions;
  private final Plan plan;
  private final RunControl control;
  private final EventBus events;

  StepAttempts(Hosts hosts, Plan plan, RunControl control, EventBus events) {
    this.hosts = hosts;
    this.decisions = new Decisions(hosts);
    this.plan = plan;
    this.control = control;
    this.events = events;
  }

  void carryOut(Step step) {
    long start = System.nanoTime();
    boolean started = false;
    try {
      Decision decision = retrying(step, context -> decisions.of(step));
      if (decision.isUpToDate()) {
        events.stepSkipped(step.id());
        return;
      }
      events.stepStarted(step.id(), step.title());
      started = true;
      holdAgainstPlan(step, decision);
      retrying(
          step,
          context -> {
            act(step, context);
            return decision;
          });
      events.stepSucceeded(step.id(), Duration.ofNanos(System.nanoTime() - start));
    } catch (RuntimeException | Error e) {
      if (!started) {
        events.stepStarted(step.id(), step.title());
      }
      events.stepFailed(step.id(), e, e instanceof RkeException ours ? ours.evidence() : List.of());
      throw e;
    }
  }

  private void act(Step step, OperationContext context) {
    if (step instanceof Step.OnNode onNode) {
      onNode.apply(hosts.open(onNode.node()), context);
    } else {
      ((Step.OnCluster) step).apply(context);
    }
  }

  private interface Attempt {
    Decision run(OperationContext context);
  }

  private Decision retrying(Step step, Attempt attempt) {
    Duration pause = FIRST_PAUSE;
    for (int number = 1; ; number++) {
      try {
        return attempt.run(new StepContext(step.id(), number, control, events));
      } catch (ProviderException e) {
        if (!e.isTransient() || number == MOST_ATTEMPTS) {
          throw e;
        }
        events.stepRetrying(step.id(), number + 1, pause, e);
        waitFor(step, pause);
        pause = pause.multipliedBy(3);
      }
    }
  }

  private void waitFor(Step step, Duration pause) {
    try {
      if (control.cancelledWithin(pause.toMillis())) {
        throw new OperationCancelledException(step.id().toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationCancelledException(step.id().toString());
    }
  }

  private void holdAgainstPlan(Step step, Decision now) {
    Decision planned = plan.step(step.id()).map(PlannedStep::decision).orElse(Decision.upToDate());
    if (goesBeyond(planned, now)) {
      throw new PlanOutdatedException(step.id(), words(planned), words(now));
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
