package io.rke4j.spi.node;

/**
 * How a command on a host has ended.
 *
 * @param exitCode what it ended with; -1 if a signal ended it
 * @param output what it printed, errors included, without blanks at both ends
 */
public record CommandResult(int exitCode, String output) {

  /** Whether it did what it was to do. */
  public boolean succeeded() {
    return exitCode == 0;
  }
}
