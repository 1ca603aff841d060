package io.rke4j.api.plan;

import java.util.List;

/**
 * A step and what it is expected to do.
 *
 * @param id names the step
 * @param title says it in words
 * @param decision what it will do
 * @param definition the whole of what would run or be written, as JSON with secrets redacted; empty
 *     if the title says it all
 */
public record PlannedStep(StepId id, String title, Decision decision, String definition) {

  /** The lines that a reader of the plan sees below the step. */
  public List<String> details() {
    if (decision instanceof Decision.Change change) {
      return change.changes();
    }
    return decision instanceof Decision.Deferred deferred ? deferred.expected() : List.of();
  }
}
