package io.rke4j.core.engine;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
  private boolean closed;

  EventDelivery(String run, List<ProvisionListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.thread = new Thread(this::deliver, "rke-events-" + run);
    thread.setDaemon(true);
    thread.start();
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Takes an event in; false if it was a notice and there was no room. */
  synchronized boolean offer(ProvisionEvent event) {
    boolean interrupted = false;
    while (queue.size() >= CAPACITY && !isCurrentThread()) {
      if (event instanceof ProvisionEvent.Notice) {
        return false;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    queue.add(event);
    notifyAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable ProvisionEvent next() throws InterruptedException {
    while (queue.isEmpty()) {
      if (closed) {
        return null;
      }
      wait();
    }
    ProvisionEvent event = queue.remove();
    notifyAll();
    return event;
  }

  private static void tell(ProvisionListener listener, ProvisionEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      log.warn(
          "listener {} threw for event {} and stays registered",
          listener.getClass().getName(),
          event.getClass().getSimpleName(),
          e);
    }
  }
}
