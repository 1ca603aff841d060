package io.rke4j.testkit.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time on the hosts of a fleet: that of this world, and more when a test lets some pass. What waits
 * on the hosts (reboots, restarts with their pauses, a kubelet's grace, slow answers) waits for it.
 * Programs outside, such as the one under test, have their own. Thread-safe.
 */
public final class FleetTime implements InstantSource {

  private static final Logger LOG = LoggerFactory.getLogger(FleetTime.class);

  private final ScheduledExecutorService timer;
  private final Executor workers;
  private final Set<Alarm> alarms = ConcurrentHashMap.newKeySet();
  private volatile long passed;

  /** Time that wakes with this timer, and works on these threads. */
  FleetTime(ScheduledExecutorService timer, Executor workers) {
    this.timer = timer;
    this.workers = workers;
  }

  @Override
  public Instant instant() {
    return Instant.now().plusNanos(passed);
  }

  /** Lets time pass at once: everything that would have happened by then happens now. */
  public void pass(Duration time) {
    synchronized (this) {
      passed += time.toNanos();
      notifyAll();
    }
    alarms.forEach(Alarm::hurry);
  }

  /** Does something later, on a thread of its own, unless everything has ended by then. */
  public void later(Duration delay, Runnable work) {
    new Alarm(nanos() + delay.toNanos(), work).set();
  }

  /** Waits; ends early, with the flag set, if the thread is interrupted. */
  public synchronized void sleep(Duration time) {
    long end = nanos() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0; left = end - nanos()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long nanos() {
    return System.nanoTime() + passed;
  }

  private final class Alarm {

    private final long due;
    private final Runnable work;
    private @Nullable Future<?> waiting;

    Alarm(long due, Runnable work) {
      this.due = due;
      this.work = work;
    }

    synchronized void set() {
      alarms.add(this);
      try {
        waiting = timer.schedule(this::ring, Math.max(0, due - nanos()), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        alarms.remove(this);
        LOG.debug("too late, the fleet is closed", e);
      }
    }

    synchronized void hurry() {
      if (waiting != null && waiting.cancel(false)) {
        set();
      }
    }

    private void ring() {
      alarms.remove(this);
      try {
        workers.execute(work);
      } catch (RejectedExecutionException e) {
        LOG.debug("too late, the fleet is closed", e);
      }
    }
  }
}
