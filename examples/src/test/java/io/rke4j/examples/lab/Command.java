package io.rke4j.examples.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine, run to its end. */
record Command(List<String> words, Duration atMost) {

  /** What a program has said, and how it ended. */
  record Outcome(int exitCode, String output, String errors) {}

  Command {
    words = List.copyOf(words);
  }

  static Command of(String... words) {
    return new Command(List.of(words), Duration.ofMinutes(2));
  }

  Command and(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new Command(all, atMost);
  }

  Command within(Duration limit) {
    return new Command(words, limit);
  }

  /** Its standard output; an error if it fails. */
  String output() {
    Outcome outcome = run();
    if (outcome.exitCode() != 0) {
      throw new AssertionError(
          "exit code " + outcome.exitCode() + ": " + this + "\n" + outcome.errors());
    }
    return outcome.output();
  }

  Outcome run() {
    try {
      Path output = Files.createTempFile("rke4j-lab", ".out");
      Path errors = Files.createTempFile("rke4j-lab", ".err");
      try {
        return run(output, errors);
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + this, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + this, e);
    }
  }

  private Outcome run(Path output, Path errors) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          "not over after " + atMost.toSeconds() + " s: " + this + "\n" + text(errors));
    }
    return new Outcome(process.exitValue(), text(output), text(errors));
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
