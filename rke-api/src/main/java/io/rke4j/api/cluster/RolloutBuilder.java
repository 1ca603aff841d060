package io.rke4j.api.cluster;

import java.util.function.UnaryOperator;

/** Collects how a change comes to the nodes; what is not said gets RKE's default. */
public final class RolloutBuilder {

  private static final String PATH = "upgrade_strategy.";

  private final Problems problems;
  private Rollout rollout = Rollout.DEFAULT;

  RolloutBuilder(Problems problems) {
    this.problems = problems;
  }

  /**
   * How many workers are changed at the same time, for example {@code 3} or {@code 20%} of all
   * workers; {@code 10%} if not called.
   */
  public RolloutBuilder workers(String limit) {
    NodeLimit workers = limit("max_unavailable_worker", rollout.workers(), limit);
    rollout = new Rollout(workers, rollout.controlPlane(), rollout.drain());
    return this;
  }

  /** How many nodes of the control plane are changed at the same time; {@code 1} if not called. */
  public RolloutBuilder controlPlane(String limit) {
    NodeLimit nodes = limit("max_unavailable_controlplane", rollout.controlPlane(), limit);
    rollout = new Rollout(rollout.workers(), nodes, rollout.drain());
    return this;
  }

  /** Evicts the pods of a node before, with RKE's settings. */
  public RolloutBuilder drain() {
    return drain(UnaryOperator.identity());
  }

  /**
   * Evicts the pods of a node before.
   *
   * @param settings makes settings out of RKE's
   */
  public RolloutBuilder drain(UnaryOperator<Drain.On> settings) {
    Drain drain =
        problems.value(
            PATH + "node_drain_input", Drain.On.DEFAULT, () -> settings.apply(Drain.On.DEFAULT));
    rollout = new Rollout(rollout.workers(), rollout.controlPlane(), drain);
    return this;
  }

  private NodeLimit limit(String key, NodeLimit fallback, String text) {
    return problems.value(PATH + key, fallback, () -> NodeLimit.parse(text));
  }

  Rollout build() {
    return rollout;
  }
}
