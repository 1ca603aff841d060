package io.rke4j.api.plan;

import java.util.Comparator;

/**
 * Names a step for good: the same in every run, version and log file.
 *
 * @param phase the phase that the step belongs to
 * @param action what it does, for example {@code run-kubelet}
 * @param target where: a node's name, or {@code cluster}
 */
public record StepId(Phase phase, String action, String target) implements Comparable<StepId> {

  /** The target of steps that are not bound to one node. */
  public static final String CLUSTER = "cluster";

  private static final Comparator<StepId> ORDER =
      Comparator.comparing(StepId::phase)
          .thenComparing(StepId::action)
          .thenComparing(StepId::target);

  @Override
  public int compareTo(StepId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return phase.slug() + "/" + action + "@" + target;
  }
}
