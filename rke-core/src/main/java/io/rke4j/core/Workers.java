package io.rke4j.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The provisioner's own threads: daemons, so that no program hangs on one that was not closed. */
final class Workers {

  private Workers() {}

  static ExecutorService start() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "rke-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
