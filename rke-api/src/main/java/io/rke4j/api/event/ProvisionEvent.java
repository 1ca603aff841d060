package io.rke4j.api.event;

import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.StepId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Something that happened in a run. No event ever carries a secret. */
public sealed interface ProvisionEvent {

  /** Which event of which run, and when. */
  Stamp stamp();

  /** Position in the run: 1, 2, 3 … without gaps. */
  default long sequence() {
    return stamp().sequence();
  }

  /** When it happened. */
  default Instant at() {
    return stamp().at();
  }

  /**
   * What every event carries.
   *
   * @param run identifies the run
   * @param sequence position in the run, from 1, without gaps
   * @param at when it happened
   */
  record Stamp(String run, long sequence, Instant at) {}

  /** How a run or a phase ended. */
  enum Outcome {
    /** All of it is done. */
    SUCCEEDED,
    /** At least one step failed. */
    FAILED,
    /** It was cancelled before it was done. */
    CANCELLED
  }

  /** About the whole run. */
  sealed interface RunEvent extends ProvisionEvent {}

  /** About one phase. */
  sealed interface PhaseEvent extends ProvisionEvent {
    /** The phase. */
    Phase phase();
  }

  /** About one step. */
  sealed interface StepEvent extends ProvisionEvent {
    /** The step. */
    StepId step();
  }

  /** About one node as a whole. */
  sealed interface NodeEvent extends ProvisionEvent {
    /** The node's name. */
    String node();
  }

  /** For people; may be dropped when a listener cannot keep up. */
  sealed interface Notice extends ProvisionEvent {}

  /** The run begins. */
  record RunStarted(Stamp stamp, Plan plan) implements RunEvent {}

  /** The run is over. */
  record RunFinished(Stamp stamp, Outcome outcome, Duration took) implements RunEvent {}

  /** The first step of a phase begins. */
  record PhaseStarted(Stamp stamp, Phase phase) implements PhaseEvent {}

  /** The last step of a phase is over. */
  record PhaseFinished(Stamp stamp, Phase phase, Outcome outcome) implements PhaseEvent {}

  /** A step begins to change something. */
  record StepStarted(Stamp stamp, StepId step, String title) implements StepEvent {}

  /** A step is under way; the fraction is of this step, 0 to 1. */
  record StepProgress(Stamp stamp, StepId step, double fraction, String note)
      implements StepEvent {}

  /** A step failed in a way that may pass, and is tried again. */
  record StepRetrying(Stamp stamp, StepId step, int attempt, Duration in, Throwable cause)
      implements StepEvent {}

  /** A step is done. */
  record StepSucceeded(Stamp stamp, StepId step, Duration took) implements StepEvent {}

  /** A step failed for good. */
  record StepFailed(Stamp stamp, StepId step, Throwable cause, List<String> evidence)
      implements StepEvent {
    /** Copies the evidence. */
    public StepFailed {
      evidence = List.copyOf(evidence);
    }
  }

  /** A step had nothing to do. */
  record StepSkipped(Stamp stamp, StepId step) implements StepEvent {}

  /** A host answered; facts say what it is, for example its engine's version. */
  record NodeConnected(Stamp stamp, String node, String facts) implements NodeEvent {}

  /** Kubernetes reports the node as ready. */
  record NodeReady(Stamp stamp, String node) implements NodeEvent {}

  /** The node is no longer part of the cluster. */
  record NodeRemoved(Stamp stamp, String node) implements NodeEvent {}

  /** Something the user should know and that ends nothing. */
  record Warning(Stamp stamp, String text) implements Notice {}
}
