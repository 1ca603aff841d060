package io.rke4j.api.plan;

import io.rke4j.api.cluster.ClusterSpec;
import java.util.List;
import java.util.Optional;

/**
 * Everything that would happen, before it happens.
 *
 * @param goal whether the cluster is to be built or removed
 * @param spec the cluster
 * @param steps all steps in reading order, those with nothing to do included
 * @param warnings what the user should know and nothing forbids
 */
public record Plan(Goal goal, ClusterSpec spec, List<PlannedStep> steps, List<String> warnings) {

  /** What a plan leads to. */
  public enum Goal {
    /** The cluster runs as specified. */
    PROVISION,
    /** The hosts are as they were before the cluster. */
    REMOVE
  }

  /** Copies the lists. */
  public Plan {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /** Whether applying this plan would change nothing. */
  public boolean isEmpty() {
    return steps.stream().allMatch(step -> step.decision().isUpToDate());
  }

  /** The step of that id, if the plan has one. */
  public Optional<PlannedStep> step(StepId id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst();
  }

  /** The plan as text for people: one line per step that does something, and what it does. */
  public String render() {
    return PlanText.render(this);
  }

  /** The plan as JSON for programs: every step with its whole definition, secrets redacted. */
  public String toJson() {
    return PlanJson.render(this);
  }
}
