package io.rke4j.api;

import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.StepId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One or more steps failed. Every failure is kept; what was done before them stays done. */
public final class StepFailedException extends RkeException {

  private static final long serialVersionUID = 1L;

  private final transient Map<StepId, Throwable> failures;

  /**
   * Reports all failures of a run.
   *
   * @param failures why each step failed, in the order in which they did; at least one
   */
  public StepFailedException(Map<StepId, Throwable> failures) {
    super(
        "step-failed",
        describe(failures),
        "What was done before stays done: mend the cause and apply again to continue");
    this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    this.failures.values().stream().findFirst().ifPresent(this::initCause);
    this.failures.values().stream().skip(1).forEach(this::addSuppressed);
  }

  private static String describe(Map<StepId, Throwable> failures) {
    StringBuilder text =
        new StringBuilder(
            failures.size() + (failures.size() == 1 ? " step" : " steps") + " failed:");
    failures.forEach((id, why) -> text.append("\n  ").append(id).append(": ").append(message(why)));
    return text.append('\n').toString();
  }

  private static String message(Throwable why) {
    return why.getMessage() == null ? why.getClass().getName() : why.getMessage();
  }

  /** Why each step failed, in the order in which they did. */
  public Map<StepId, Throwable> failures() {
    return failures == null ? Map.of() : failures;
  }
}
