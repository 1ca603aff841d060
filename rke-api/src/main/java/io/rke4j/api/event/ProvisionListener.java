package io.rke4j.api.event;

/**
 * Watches a run. Called by one thread at a time, in the order of {@link ProvisionEvent#sequence()}.
 * Every {@code RunStarted}, {@code PhaseStarted} and {@code StepStarted} is followed by exactly one
 * event that ends it, also on failure and cancellation; a step lies within its phase and a phase
 * within the run. Phases overlap, and so do steps: link events by {@code StepId}.
 *
 * <p>A listener that throws is logged and kept; it cannot harm the run. {@code
 * Provisioning.cancel()} may be called from a listener.
 */
@FunctionalInterface
public interface ProvisionListener {

  /** Something happened. */
  void on(ProvisionEvent event);
}
