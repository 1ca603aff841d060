package io.rke4j.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** A run in progress. Thread-safe. */
public interface Provisioning {

  /** Identifies the run in events and logs. */
  String id();

  /**
   * Waits until the run is over and every listener has seen its last event.
   *
   * @return the cluster; empty after a removal
   * @throws StepFailedException if steps failed
   * @throws PlanOutdatedException if the hosts no longer were as the plan had found them
   * @throws ProvisioningCancelledException if the run was cancelled
   * @throws TimeoutException if it is not over in time; it goes on
   * @throws IllegalStateException if called from a listener, which would wait for itself
   */
  Optional<Cluster> await(Duration atMost) throws InterruptedException, TimeoutException;

  /**
   * Asks the run to stop: no further step starts, waiting ends, and what is under way is
   * interrupted after a moment of grace. What was done stays done, and the next run continues from
   * there.
   */
  void cancel();

  /** Completes as {@link #await} returns or throws. */
  CompletableFuture<Optional<Cluster>> completion();
}
