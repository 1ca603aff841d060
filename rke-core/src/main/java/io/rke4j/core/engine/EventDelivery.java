package io.rke4j.core.engine;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners on one daemon thread. Work waits for a slow listener only when a thousand events
 * have piled up; then notices are dropped and everything else waits.
 */
final class EventDelivery {

  private static final Logger log = LoggerFactory.getLogger(EventDelivery.class);
  private static final int CAPACITY = 1_000;

  private final Deque<ProvisionEvent> queue = new ArrayDeque<>();
  private final List<ProvisionListener> listeners;
  private final Thread thread;
  private long sequence;
  private boolean closed;
  private boolean ended;

  EventDelivery(String run, List<ProvisionListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.thread = new Thread(this::deliver, "rke-events-" + run);
    thread.setDaemon(true);
    thread.start();
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Takes an event in as soon as there is room, and numbers it. */
  synchronized void publish(LongFunction<ProvisionEvent> make) {
    boolean interrupted = false;
    // Who listens makes the room, and would wait for itself.
    while (isFull() && !isCurrentThread()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    add(make);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a notice in if there is room: a dropped one uses up no number, so it leaves no gap. */
  synchronized boolean mention(LongFunction<ProvisionEvent> make) {
    if (isFull()) {
      return false;
    }
    add(make);
    return true;
  }

  private boolean isFull() {
    return queue.size() >= CAPACITY && !ended;
  }

  private void add(LongFunction<ProvisionEvent> make) {
    if (!ended) {
      queue.add(make.apply(++sequence));
      notifyAll();
    }
  }

  void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    if (isCurrentThread()) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver() {
    try {
      for (ProvisionEvent event = next(); event != null; event = next()) {
        for (ProvisionListener listener : listeners) {
          tell(listener, event);
        }
      }
    } finally {
      end();
    }
  }

  /** Nobody waits for room that nobody makes any more. */
  private synchronized void end() {
    ended = true;
    queue.clear();
    notifyAll();
  }

  private synchronized @Nullable ProvisionEvent next() {
    while (queue.isEmpty()) {
      if (closed) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // Only a listener can have asked for this, and the run goes on without it.
        log.debug("a listener interrupted the delivery of events, which goes on");
      }
    }
    ProvisionEvent event = queue.remove();
    notifyAll();
    return event;
  }

  private static void tell(ProvisionListener listener, ProvisionEvent event) {
    try {
      listener.on(event);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      log.warn(
          "listener {} threw for event {} and stays registered",
          listener.getClass().getName(),
          event.getClass().getSimpleName(),
          e);
    }
  }
}
