package io.rke4j.api.plan;

/** Writes a plan for people. */
final class PlanText {

  private PlanText() {}

  static String render(Plan plan) {
    StringBuilder out = new StringBuilder();
    plan.warnings().forEach(warning -> out.append("! ").append(warning).append('\n'));
    long quiet = plan.steps().stream().filter(step -> step.decision().isUpToDate()).count();
    for (PlannedStep step : plan.steps()) {
      if (!step.decision().isUpToDate()) {
        write(step, out);
      }
    }
    out.append(plan.steps().size() - quiet)
        .append(" to do, ")
        .append(quiet)
        .append(" up to date\n");
    return out.toString();
  }

  private static void write(PlannedStep step, StringBuilder out) {
    out.append(mark(step.decision())).append(' ').append(step.id()).append('\n');
    step.details().forEach(line -> out.append("      ").append(line).append('\n'));
    if (step.decision() instanceof Decision.Deferred deferred) {
      out.append("      (").append(deferred.until()).append(")\n");
    }
  }

  private static char mark(Decision decision) {
    if (decision instanceof Decision.Change change) {
      return switch (change.kind()) {
        case FOLLOW_UP -> '.';
        case CREATE -> '+';
        case REPLACE -> '~';
        case REMOVE -> '-';
      };
    }
    return '?';
  }
}
