package io.rke4j.core.engine;

import java.util.HashSet;
import java.util.Set;

/** The threads that steps run on just now, to interrupt those and no others. */
final class BusyThreads {

  private final Set<Thread> busy = new HashSet<>();
  private final Set<Thread> interrupted = new HashSet<>();

  synchronized void enter() {
    busy.add(Thread.currentThread());
  }

  /** Takes back an interruption that the step has not seen, since the thread may not be ours. */
  synchronized void leave() {
    busy.remove(Thread.currentThread());
    if (interrupted.remove(Thread.currentThread())) {
      Thread.interrupted();
    }
  }

  synchronized void interrupt() {
    busy.forEach(Thread::interrupt);
    interrupted.addAll(busy);
  }
}
