package io.rke4j.testkit.ssh;

/**
 * How a command of a host ended.
 *
 * @param exitCode its exit code
 * @param output what it wrote to its output
 * @param error what it wrote to its error output
 */
record Answer(int exitCode, String output, String error) {

  static Answer of(String output) {
    return new Answer(0, output, "");
  }

  static Answer failed(int exitCode, String error) {
    return new Answer(exitCode, "", error);
  }
}
