package io.rke4j.testkit.assertion;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Decision.Change;
import io.rke4j.api.plan.Decision.Kind;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.api.plan.StepId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractAssert;

/** Says what a plan has to be like. Every failure shows the whole plan. */
public final class PlanAssert extends AbstractAssert<PlanAssert, Plan> {

  PlanAssert(Plan plan) {
    super(plan, PlanAssert.class);
  }

  /** It would change nothing. */
  public PlanAssert isEmpty() {
    return require(actual.isEmpty(), "the plan is empty");
  }

  /** It would do something. */
  public PlanAssert isNotEmpty() {
    return require(!actual.isEmpty(), "the plan is not empty");
  }

  /** A container comes to a node that it is not on, or is started where it does not run. */
  public PlanAssert creates(String container, String node) {
    return require(changes(container, node, Kind.CREATE), "creates " + on(container, node));
  }

  /** A container of a node is replaced, as it is not what it has to be. */
  public PlanAssert replaces(String container, String node) {
    return require(changes(container, node, Kind.REPLACE), "replaces " + on(container, node));
  }

  /** A container goes from a node. */
  public PlanAssert removes(String container, String node) {
    Predicate<PlannedStep> names =
        step -> step.details().contains("remove " + container) || isAbout(step, container);
    return require(
        steps(node).stream().anyMatch(step -> is(step, Kind.REMOVE) && names.test(step)),
        "removes " + on(container, node));
  }

  /** A container of a node stays as it is; also if the plan has no step for it at all. */
  public PlanAssert leavesAlone(String container, String node) {
    return require(
        steps(node).stream()
            .noneMatch(
                step ->
                    !step.decision().isUpToDate()
                        && (isAbout(step, container)
                            || step.details().contains("remove " + container))),
        "leaves alone " + on(container, node));
  }

  /** A step does something, or cannot say yet what it will do. */
  public PlanAssert does(String stepId) {
    return require(
        step(stepId).filter(step -> !step.decision().isUpToDate()).isPresent(), "does " + stepId);
  }

  /** A step is there and has nothing to do. */
  public PlanAssert findsUpToDate(String stepId) {
    return require(
        step(stepId).filter(step -> step.decision().isUpToDate()).isPresent(),
        "finds up to date: " + stepId);
  }

  /** Nothing on any host would change; only the cluster as a whole, if anything. */
  public PlanAssert touchesNoHost() {
    return require(
        actual.steps().stream()
            .filter(step -> !step.id().target().equals(StepId.CLUSTER))
            .noneMatch(PlanAssert::touches),
        "touches no host");
  }

  /** Nothing on one host would change. */
  public PlanAssert touchesNothingOn(String node) {
    return require(
        steps(node).stream().noneMatch(PlanAssert::touches), "touches nothing on " + node);
  }

  /** One of its warnings contains this text. */
  public PlanAssert hasWarning(String part) {
    return require(
        actual.warnings().stream().anyMatch(warning -> warning.contains(part)),
        "has a warning with \"" + part + "\"");
  }

  /** It warns of nothing. */
  public PlanAssert hasNoWarnings() {
    return require(actual.warnings().isEmpty(), "has no warnings");
  }

  /**
   * A text stands nowhere in it: not in what it shows to people or to programs, and not in the
   * whole of its steps. The failure does not repeat the text.
   */
  public PlanAssert hasNoSecret(String secret) {
    isNotNull();
    if (actual.toJson().contains(secret)
        || actual.render().contains(secret)
        || actual.toString().contains(secret)) {
      failWithMessage("Expected a plan without the secret, but it stands in it");
    }
    return this;
  }

  private PlanAssert require(boolean met, String what) {
    if (!met) {
      failWithMessage("Expected that it %s, but this is the plan:%n%s", what, actual.render());
    }
    return this;
  }

  private static String on(String container, String node) {
    return "container " + container + " on node " + node;
  }

  private boolean changes(String container, String node, Kind kind) {
    return steps(node).stream().anyMatch(step -> isAbout(step, container) && is(step, kind));
  }

  private List<PlannedStep> steps(String node) {
    isNotNull();
    return actual.steps().stream().filter(step -> step.id().target().equals(node)).toList();
  }

  private Optional<PlannedStep> step(String id) {
    isNotNull();
    return actual.steps().stream().filter(step -> step.id().toString().equals(id)).findFirst();
  }

  private static boolean isAbout(PlannedStep step, String container) {
    return step.id().action().matches("(run|create|remove)-" + Pattern.quote(container));
  }

  /** A step that is put off does to a host that has nothing what it would do to a new one. */
  private static boolean is(PlannedStep step, Kind kind) {
    return step.decision() instanceof Change change
        ? change.kind() == kind
        : kind == Kind.CREATE && step.decision() instanceof Decision.Deferred;
  }

  private static boolean touches(PlannedStep step) {
    return is(step, Kind.CREATE) || is(step, Kind.REPLACE) || is(step, Kind.REMOVE);
  }
}
