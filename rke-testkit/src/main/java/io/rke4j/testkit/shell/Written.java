package io.rke4j.testkit.shell;

import java.util.function.Consumer;

/** Keeps what a program writes. Thread-safe: what runs in the background may write, too. */
public final class Written implements Consumer<String> {

  private final StringBuilder text = new StringBuilder();

  /** Nothing yet. */
  public Written() {}

  @Override
  public synchronized void accept(String piece) {
    text.append(piece);
  }

  /** All of it. */
  public synchronized String text() {
    return text.toString();
  }
}
