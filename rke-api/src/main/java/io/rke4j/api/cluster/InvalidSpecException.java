package io.rke4j.api.cluster;

import io.rke4j.api.error.RkeException;
import java.util.List;
import java.util.stream.Collectors;

/** The specification cannot be provisioned. It names every problem at once; nothing was touched. */
public final class InvalidSpecException extends RkeException {

  private static final long serialVersionUID = 1L;

  private final transient List<SpecProblem> problems;

  /**
   * Reports all problems of one specification.
   *
   * @param subject what was wrong, for example {@code cluster 'c1'} or a file name
   * @param problems every problem found, in reading order
   */
  public InvalidSpecException(String subject, List<SpecProblem> problems) {
    super("invalid-spec", describe(subject, problems), "");
    this.problems = List.copyOf(problems);
  }

  private static String describe(String subject, List<SpecProblem> problems) {
    return problems.stream()
        .map(problem -> "\n  - " + problem)
        .collect(
            Collectors.joining(
                "",
                subject
                    + " has "
                    + problems.size()
                    + (problems.size() == 1 ? " problem:" : " problems:"),
                ""));
  }

  /** Every problem found, in reading order. */
  public List<SpecProblem> problems() {
    return problems == null ? List.of() : problems;
  }
}
