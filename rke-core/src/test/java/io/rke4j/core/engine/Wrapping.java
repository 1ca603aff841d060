package io.rke4j.core.engine;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Somebody else's threads, who does something of his own around each task. */
final class Wrapping extends AbstractExecutorService {

  private final ExecutorService threads;
  private final UnaryOperator<Runnable> wrap;

  Wrapping(ExecutorService threads, UnaryOperator<Runnable> wrap) {
    this.threads = threads;
    this.wrap = wrap;
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(wrap.apply(work));
  }

  @Override
  public void shutdown() {
    threads.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return threads.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return threads.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return threads.awaitTermination(timeout, unit);
  }
}
