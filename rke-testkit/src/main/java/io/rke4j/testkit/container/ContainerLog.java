package io.rke4j.testkit.container;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** What a container wrote, line by line. Thread-safe. */
public final class ContainerLog {

  private final List<Line> lines = new ArrayList<>();
  private final Set<Reader> readers = new CopyOnWriteArraySet<>();
  private final InstantSource clock;

  ContainerLog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * One line.
   *
   * @param stream 1 for the output, 2 for the error output
   * @param at when it was written
   * @param text with its line end, if it has one
   */
  public record Line(int stream, Instant at, String text) {
    /** The bytes of the text. */
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Hears of every line; must not wait. */
  @FunctionalInterface
  public interface Reader {
    /** A line was written. */
    void line(Line line);
  }

  void write(int stream, String text) {
    Line line = new Line(stream, clock.instant(), text);
    synchronized (lines) {
      lines.add(line);
      readers.forEach(reader -> reader.line(line));
    }
  }

  /** All lines so far. */
  public List<Line> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** All lines so far; the reader hears of every later one, none twice and none lost. */
  public List<Line> follow(Reader reader) {
    synchronized (lines) {
      readers.add(reader);
      return List.copyOf(lines);
    }
  }

  /** The reader hears no more. */
  public void leave(Reader reader) {
    readers.remove(reader);
  }
}
