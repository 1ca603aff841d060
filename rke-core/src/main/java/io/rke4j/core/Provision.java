package io.rke4j.core;

import io.rke4j.api.Cluster;
import io.rke4j.api.Provisioning;
import io.rke4j.core.engine.EventBus;
import io.rke4j.core.engine.RunControl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A run on a thread of its own. */
final class Provision implements Provisioning {

  private final String id;
  private final RunControl control;
  private final EventBus events;
  private final CompletableFuture<Optional<Cluster>> completion = new CompletableFuture<>();

  Provision(String id, RunControl control, EventBus events) {
    this.id = id;
    this.control = control;
    this.events = events;
  }

  void start(Supplier<Optional<Cluster>> work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                completion.complete(work.get());
              } catch (Throwable e) {
                completion.completeExceptionally(e);
              }
            },
            "rke-run-" + id);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<Cluster> await(Duration atMost) throws InterruptedException, TimeoutException {
    if (events.isDelivering()) {
      throw new IllegalStateException("a listener cannot wait for the run that it listens to");
    }
    try {
      return completion.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("the run ended unexpectedly", e.getCause());
    }
  }

  @Override
  public void cancel() {
    control.cancel();
  }

  @Override
  public CompletableFuture<Optional<Cluster>> completion() {
    return completion.copy();
  }
}
