package io.rke4j.testkit.docker;

import io.rke4j.spi.ProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The {@code docker} command, with the engine that it is configured for. An engine that cannot be
 * used is a permanent {@link ProviderException} with what the command said.
 */
final class DockerCommand {

  private static final int SECONDS = 120;

  private DockerCommand() {}

  /**
   * What a command did.
   *
   * @param exitCode 0 if it succeeded
   * @param output what it wrote
   * @param errors what it complained about
   */
  record Outcome(int exitCode, String output, String errors) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** What the command writes; an error if it fails. */
  static String ask(String... words) {
    Outcome outcome = run(words);
    if (!outcome.succeeded()) {
      throw ProviderException.permanentFailure(
          "docker "
              + words[0]
              + " ended with "
              + outcome.exitCode()
              + ": "
              + outcome.errors().strip(),
          "Is a Docker Engine running here, and may this user use it? Try 'docker info'",
          null);
    }
    return outcome.output().strip();
  }

  static Outcome run(String... words) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(words));
    try {
      return run(command);
    } catch (IOException e) {
      throw ProviderException.permanentFailure(
          "the docker command cannot be run (" + e.getMessage() + ")",
          "Install Docker's client",
          e);
    }
  }

  /** Output goes to files: whoever reads two pipes one after the other may wait forever. */
  private static Outcome run(List<String> command) throws IOException {
    Path output = Files.createTempFile("rke4j-docker", ".out");
    Path errors = Files.createTempFile("rke4j-docker", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      return new Outcome(exitCode(process, command), text(output), text(errors));
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
    }
  }

  private static int exitCode(Process process, List<String> command) {
    try {
      if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      throw ProviderException.permanentFailure(
          "'" + String.join(" ", command.subList(0, 2)) + "' did not end within " + SECONDS + " s",
          "Look at what the Docker Engine is busy with",
          null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProviderException.permanentFailure(
          "interrupted while waiting for docker", "Try again", e);
    } finally {
      process.destroy();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
