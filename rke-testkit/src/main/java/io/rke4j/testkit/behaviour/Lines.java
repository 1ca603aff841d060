package io.rke4j.testkit.behaviour;

import java.util.function.Consumer;

/** Passes on whole lines of what comes in pieces. Thread-safe. */
final class Lines implements Consumer<String> {

  private final Consumer<String> target;
  private final StringBuilder begun = new StringBuilder();

  Lines(Consumer<String> target) {
    this.target = target;
  }

  @Override
  public synchronized void accept(String text) {
    begun.append(text);
    for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
      target.accept(begun.substring(0, end));
      begun.delete(0, end + 1);
    }
  }

  /** Passes on a last line that has no end. */
  synchronized void end() {
    if (!begun.isEmpty()) {
      target.accept(begun.toString());
      begun.setLength(0);
    }
  }
}
