package io.rke4j.core.engine;

import io.rke4j.api.ProvisioningCancelledException;
import io.rke4j.api.StepFailedException;
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
import java.util.concurrent.ConcurrentHashMap;
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

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ExecutorService workers;
  private final StepAttempts attempts;
  private final EventBus events;
  private final RunControl control;
  private final Limits limits;
  private final Plan plan;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final Set<StepId> running = new HashSet<>();
  private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
  private final Map<StepId, Throwable> failures = new LinkedHashMap<>();

  /**
   * How much runs at the same time.
   *
   * @param nodes how many nodes are worked on
   * @param serial whether one step runs after the other in reading order
   */
  public record Limits(int nodes, boolean serial) {}

  /** Carries out this plan on these hosts, with the steps running on these threads. */
  public Executor(
      ExecutorService workers,
      Hosts hosts,
      EventBus events,
      RunControl control,
      Limits limits,
      Plan plan) {
    this.workers = workers;
    this.attempts = new StepAttempts(hosts, plan, control, events);
    this.events = events;
    this.control = control;
    this.limits = limits;
    this.plan = plan;
  }

  /**
   * Carries all steps out.
   *
   * @throws StepFailedException with every failure
   * @throws ProvisioningCancelledException if the run was cancelled
   */
  public void execute(List<Step> steps) {
    long start = System.nanoTime();
    events.runStarted(plan);
    Schedule schedule = new Schedule(steps, limits, events);
    Outcome outcome = Outcome.FAILED;
    try {
      work(schedule);
      outcome = outcome(schedule);
    } finally {
      schedule.close(outcome);
      events.runFinished(outcome, Duration.ofNanos(System.nanoTime() - start));
    }
    if (outcome == Outcome.CANCELLED) {
      throw new ProvisioningCancelledException(schedule.lastDone());
    }
    if (outcome == Outcome.FAILED) {
      throw new StepFailedException(failures);
    }
  }

  private Outcome outcome(Schedule schedule) {
    if (schedule.isDone()) {
      return Outcome.SUCCEEDED;
    }
    return control.isCancelled() ? Outcome.CANCELLED : Outcome.FAILED;
  }

  private void work(Schedule schedule) {
    control.onCancel(() -> mailbox.add(() -> {}));
    while (true) {
      if (failures.isEmpty() && !control.isCancelled()) {
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
    workers.execute(
        () -> {
          Runnable ending = carryOut(step, schedule);
          mailbox.add(
              () -> {
                running.remove(step.id());
                ending.run();
              });
        });
  }

  private Runnable carryOut(Step step, Schedule schedule) {
    busy.add(Thread.currentThread());
    try {
      attempts.carryOut(step);
      return () -> schedule.succeeded(step);
    } catch (RuntimeException | Error e) {
      return () -> {
        schedule.failed(step);
        failures.put(step.id(), e);
      };
    } finally {
      busy.remove(Thread.currentThread());
    }
  }

  private Runnable nextMessage() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (!control.isCancelled()) {
            return mailbox.take();
          }
          Runnable message = mailbox.poll(GRACE.toMillis(), TimeUnit.MILLISECONDS);
          if (message != null) {
            return message;
          }
          busy.forEach(Thread::interrupt);
          return mailbox.take();
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
