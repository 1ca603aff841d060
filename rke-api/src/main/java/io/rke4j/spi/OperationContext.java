package io.rke4j.spi;

import java.time.Duration;
import java.util.function.Supplier;

/** What an operation may use of the run that it is part of. Used by one thread at a time. */
public interface OperationContext {

  /** Whether the run was cancelled. */
  CancellationToken cancellation();

  /** Which attempt this is, from 1. */
  int attempt();

  /** Tells listeners how far the operation is: 0 to 1, and a note. */
  void progress(double fraction, String note);

  /**
   * Looks until the awaited state is there. The first looks come quickly, later ones less often;
   * there is never a fixed sleep.
   *
   * @param what what is awaited, as it reads after "waiting for"
   * @param atMost how long to wait
   * @param probe one look; may be called many times and must not change anything
   * @throws WaitTimeoutException if time ran out; it carries what was last seen
   * @throws OperationCancelledException if the run was cancelled meanwhile
   */
  void waitUntil(String what, Duration atMost, Supplier<Observation> probe);
}
