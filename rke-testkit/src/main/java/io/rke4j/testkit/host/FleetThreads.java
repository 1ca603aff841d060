package io.rke4j.testkit.host;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that all hosts of a fleet share: daemons that end when nothing is to be done. A host
 * that idles has none.
 */
public final class FleetThreads implements Executor, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FleetThreads.class);
  private static final int MOST = 1_000;
  private static final int IDLE_SECONDS = 10;

  private final ThreadFactory factory;
  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor timer;
  private final FleetTime time;

  /** Threads whose names begin like this. */
  public FleetThreads(String name) {
    AtomicInteger number = new AtomicInteger();
    factory =
        work -> {
          Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    workers =
        new ThreadPoolExecutor(
            0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    timer = new ScheduledThreadPoolExecutor(1, factory);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    time = new FleetTime(timer, this);
  }

  /**
   * Runs something on a thread of its own.
   *
   * @throws RejectedExecutionException after closing
   */
  @Override
  public void execute(Runnable work) {
    workers.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.warn("a simulated host failed", e);
          }
        });
  }

  /** Runs something later, unless everything has ended by then. */
  public void later(Duration delay, Runnable work) {
    time.later(delay, work);
  }

  /** The time by which that is later. */
  public FleetTime time() {
    return time;
  }

  /** Makes threads of the same kind. */
  public ThreadFactory factory() {
    return factory;
  }

  /** The pool, for libraries that want one. */
  public ThreadPoolExecutor pool() {
    return workers;
  }

  /** The timer, for libraries that want one. */
  public ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  /** Interrupts what still runs. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
