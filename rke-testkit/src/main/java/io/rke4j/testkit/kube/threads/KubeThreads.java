package io.rke4j.testkit.kube.threads;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes bounded pools of daemon threads with names. Whoever has one shuts it down. */
public final class KubeThreads {

  private static final int IDLE_SECONDS = 5;

  private KubeThreads() {}

  /**
   * A pool whose threads end when there is nothing to do for a while.
   *
   * @param name what its threads are called
   * @param most how many threads there are at most; further work waits
   */
  public static ThreadPoolExecutor pool(String name, int most) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * A pool that makes a thread for whatever finds none that is free, and refuses what is too much.
   *
   * @param name what its threads are called
   * @param most how many threads there are at most
   */
  public static ThreadPoolExecutor immediate(String name, int most) {
    return new ThreadPoolExecutor(
        0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named(name));
  }

  /** One thread for what is to be done later. */
  public static ScheduledThreadPoolExecutor timer(String name) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named(name));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
