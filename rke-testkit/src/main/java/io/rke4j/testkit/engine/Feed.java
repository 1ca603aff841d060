package io.rke4j.testkit.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands pieces from where they come about to the thread that sends them. */
final class Feed<T> {

  private final BlockingQueue<Optional<T>> pieces = new LinkedBlockingQueue<>();

  /** Takes a piece and sends it. */
  @FunctionalInterface
  interface Sender<T> {
    /** Sends. */
    void send(T piece) throws IOException;
  }

  void add(T piece) {
    pieces.add(Optional.of(piece));
  }

  /** Adds a last piece. Only the first end counts. */
  void addOnly(T piece) {
    add(piece);
    end();
  }

  /** No more will come. */
  void end() {
    pieces.add(Optional.empty());
  }

  /** Sends all pieces until the end. */
  void drain(Sender<T> sender) throws IOException {
    try {
      for (Optional<T> piece = pieces.take(); piece.isPresent(); piece = pieces.take()) {
        sender.send(piece.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
