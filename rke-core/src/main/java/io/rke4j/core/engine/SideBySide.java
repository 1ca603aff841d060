package io.rke4j.core.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Looks at many things on the threads of a pool.
 *
 * @param workers the threads
 * @param atOnce how many things are looked at at the same time
 */
public record SideBySide(ExecutorService workers, int atOnce) {

  /** Hands each thing to a look that reports its own failures, and returns when all are done. */
  public <T> void each(Collection<T> things, Consumer<T> look) {
    Queue<T> waiting = new ConcurrentLinkedQueue<>(things);
    List<Future<?>> lookers = new ArrayList<>();
    for (int i = 0; i < Math.min(atOnce, things.size()); i++) {
      lookers.add(workers.submit(() -> lookAtAll(waiting, look)));
    }
    lookers.forEach(SideBySide::await);
  }

  private static <T> void lookAtAll(Queue<T> waiting, Consumer<T> look) {
    for (T next = waiting.poll(); next != null; next = waiting.poll()) {
      look.accept(next);
    }
  }

  private static void await(Future<?> looker) {
    try {
      looker.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look stopped unexpectedly", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("looking was interrupted", e);
    }
  }
}
