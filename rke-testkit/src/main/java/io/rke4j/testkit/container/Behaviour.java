package io.rke4j.testkit.container;

import java.util.List;

/**
 * What the program of a container does on a simulated host. It may write into the log and the
 * files, listen on ports, and end. Must be thread-safe: one serves all containers of its kind.
 */
public interface Behaviour {

  /**
   * Begins. Must not wait: what takes time goes to {@link ContainerProcess#execute}. When it
   * returns, the container counts as started; it runs until {@link ContainerProcess#exit} is called
   * or somebody stops it.
   */
  void start(ContainerProcess process);

  /**
   * Answers a program that is run beside it in the same container, as {@code docker exec} does.
   *
   * @param process the container's own program
   * @param command program and arguments
   */
  default ExecAnswer exec(ContainerProcess process, List<String> command) {
    return ExecAnswer.unknown(command.isEmpty() ? "" : command.get(0));
  }

  /**
   * How a program that was run in a container ended.
   *
   * @param exitCode its exit code
   * @param output what it wrote
   * @param error what it wrote as errors
   */
  record ExecAnswer(int exitCode, String output, String error) {

    private static final int NOT_FOUND = 127;

    /** It ended well. */
    public static ExecAnswer of(String output) {
      return new ExecAnswer(0, output, "");
    }

    /** It failed. */
    public static ExecAnswer failed(int exitCode, String error) {
      return new ExecAnswer(exitCode, "", error);
    }

    /** There is no such program. */
    public static ExecAnswer unknown(String program) {
      return failed(
          NOT_FOUND,
          program
              + ": not found (a simulated container runs nothing; it has answers for few"
              + " programs)\n");
    }
  }
}
