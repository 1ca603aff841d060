package io.rke4j.api.cluster;

/**
 * One mistake in a specification.
 *
 * @param path where it is, for example {@code nodes[2].address}, with the line if it came from a
 *     file
 * @param problem what is wrong
 * @param hint how to mend it; empty if the problem says it
 */
public record SpecProblem(String path, String problem, String hint) {

  @Override
  public String toString() {
    return path + ": " + problem + (hint.isEmpty() ? "" : "; " + hint);
  }
}
