package io.rke4j.core.builtin.job;

import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.testkit.kube.SimulatedCluster;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Waits until a simulated cluster has done all that it ever will: what is not reached then never
 * is, and no time has to pass.
 */
record QuietContext(SimulatedCluster cluster) implements OperationContext {

  @Override
  public CancellationToken cancellation() {
    return new CountingContext(0).cancellation();
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public void progress(double fraction, String note) {}

  @Override
  public void waitUntil(String what, Duration atMost, Supplier<Observation> probe) {
    if (probe.get().reached()) {
      return;
    }
    try {
      cluster.awaitQuiet(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Observation seen = probe.get();
    if (!seen.reached()) {
      throw new WaitTimeoutException(what, atMost, seen.lastSeen());
    }
  }
}
