package io.rke4j.core.engine;

import io.rke4j.api.PlanOutdatedException;
import io.rke4j.api.ProvisioningCancelledException;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.event.ProvisionEvent.Outcome;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.host.Hosts;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Carries the steps of one plan out: each as soon as what it waits for is done, so that nothing
 * waits that need not. One thread decides what starts; the steps themselves run on the workers.
 * After a failure nothing new starts, what runs is let finish, and every failure is reported. For
 * one run.
 */
public final class Executor {

  private final ExecutorService workers;
  private final StepAttempts attempts;
  private final EventBus events;
  private final RunControl control;
  private final Limits limits;
  private final Plan plan;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final Set<StepId> running = new HashSet<>();
  private final BusyThreads busy = new BusyThreads();
  private final Map<StepId, Throwable> failures = new LinkedHashMap<>();
  private final Patience patience;
  private String lastDone = "none";

  /**
   * How much runs at the same time.
   *
   * @param nodes how many nodes are worked on
   * @param serial whether one step runs after the other in reading order
   * @param patience how long others are given
   */
  public record Limits(int nodes, boolean serial, Patience patience) {
    /** With the usual patience. */
    public Limits(int nodes, boolean serial) {
      this(nodes, serial, Patience.USUAL);
    }
  }

  /** Whom a run tells, and who can stop it. */
  record Reporting(EventBus events, RunControl control) {}

  /** Carries out this plan on these hosts, with the steps running on these threads. */
  public Executor(
      ExecutorService workers,
      Hosts hosts,
      EventBus events,
      RunControl control,
      Limits limits,
      Plan plan) {
    this(workers, hosts, new Reporting(events, control), limits, plan, limits.patience());
  }

  Executor(
      ExecutorService workers,
      Hosts hosts,
      Reporting run,
      Limits limits,
      Plan plan,
      Patience patience) {
    this.workers = workers;
    this.attempts = new StepAttempts(hosts, plan, run.control(), run.events(), patience);
    this.events = run.events();
    this.control = run.control();
    this.limits = limits;
    this.plan = plan;
    this.patience = patience;
  }

  /**
   * Carries all steps out, one act after the other.
   *
   * @throws StepFailedException with every failure
   * @throws PlanOutdatedException if all that failed was that steps would do what no one approved
   * @throws ProvisioningCancelledException if the run was cancelled
   */
  public void execute(Act... acts) {
    long start = control.nanoTime();
    events.runStarted(plan);
    Outcome outcome = Outcome.FAILED;
    try {
      outcome = outcome(acts);
    } finally {
      events.runFinished(outcome, Duration.ofNanos(control.nanoTime() - start));
    }
    if (outcome == Outcome.CANCELLED) {
      throw cancelled();
    }
    if (outcome == Outcome.FAILED) {
      throw failure();
    }
  }

  private Outcome outcome(Act... acts) {
    for (Act act : acts) {
      Schedule schedule = new Schedule(act.steps(), limits, events);
      Outcome outcome = Outcome.FAILED;
      try {
        work(schedule);
        outcome = outcome(schedule);
        lastDone = schedule.lastDone().orElse(lastDone);
      } finally {
        schedule.close(outcome);
      }
      if (outcome != Outcome.SUCCEEDED) {
        return outcome;
      }
    }
    return Outcome.SUCCEEDED;
  }

  private Outcome outcome(Schedule schedule) {
    if (schedule.isDone()) {
      return Outcome.SUCCEEDED;
    }
    return control.isCancelled() ? Outcome.CANCELLED : Outcome.FAILED;
  }

  private ProvisioningCancelledException cancelled() {
    ProvisioningCancelledException cancelled = new ProvisioningCancelledException(lastDone);
    failures.values().forEach(cancelled::addSuppressed);
    return cancelled;
  }

  private RkeException failure() {
    List<PlanOutdatedException> outdated =
        failures.values().stream()
            .filter(PlanOutdatedException.class::isInstance)
            .map(PlanOutdatedException.class::cast)
            .toList();
    if (outdated.size() < failures.size()) {
      return new StepFailedException(failures);
    }
    outdated.stream().skip(1).forEach(outdated.get(0)::addSuppressed);
    return outdated.get(0);
  }

  private void work(Schedule schedule) {
    control.onCancel(() -> mailbox.add(() -> {}));
    while (true) {
      if (!control.isStopping()) {
        schedule.startable().forEach(step -> start(step, schedule));
      }
      if (running.isEmpty()) {
        return;
      }
      nextMessage().run();
    }
  }

  private void start(Step step, Schedule schedule) {
    running.add(step.id());
    try {
      workers.execute(() -> finished(step, carryOut(step, schedule)));
    } catch (RuntimeException e) {
      attempts.refused(step, e);
      finished(step, failing(step, e, schedule));
    }
  }

  private void finished(Step step, Runnable ending) {
    mailbox.add(
        () -> {
          running.remove(step.id());
          ending.run();
        });
  }

  private Runnable carryOut(Step step, Schedule schedule) {
    // It may have waited for a thread for long.
    if (control.isStopping()) {
      return () -> schedule.release(step);
    }
    busy.enter();
    try {
      attempts.carryOut(step);
      return () -> schedule.succeeded(step);
    } catch (Throwable e) {
      return failing(step, e, schedule);
    } finally {
      busy.leave();
    }
  }

  private Runnable failing(Step step, Throwable cause, Schedule schedule) {
    return () -> {
      schedule.release(step);
      failures.put(step.id(), cause);
    };
  }

  private Runnable nextMessage() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (!control.isCancelled()) {
            return mailbox.take();
          }
          Runnable message = mailbox.poll(patience.grace().toMillis(), TimeUnit.MILLISECONDS);
          if (message != null) {
            return message;
          }
          busy.interrupt();
        } catch (InterruptedException e) {
          interrupted = true;
          control.cancel();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
