package io.rke4j.core.phase.machine;

import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.CommandResult;
import java.util.List;

/** Docker Engine could not be installed or set up on a host. */
final class DockerSetupException extends ProviderException {

  private static final long serialVersionUID = 1L;
  private static final int EVIDENCE = 20;

  private DockerSetupException(
      String message, String hint, List<String> evidence, boolean isTransient) {
    super("docker-setup", message, hint, evidence, isTransient, null);
  }

  /** The exit codes are those of {@code install-docker.sh}. */
  static DockerSetupException installing(String host, CommandResult result) {
    String begin = "Docker was not installed on " + host + ": ";
    return switch (result.exitCode()) {
      case 75 ->
          make(begin + "packages or the script could not be had", "See what it printed", result);
      case 76 ->
          make(
              begin + "its system is none that this is known for",
              "Use installScript(…), or an image that has Docker",
              result);
      case 77 -> make(begin + "the distribution has no such version", "Choose one it has", result);
      case 78 ->
          make(
              begin + "the script has another checksum than was given",
              "Read the script, and give the checksum of what you have read",
              result);
      default ->
          make(
              begin + end(result),
              "See what it printed; the account must be root or may use sudo without a password",
              result);
    };
  }

  static DockerSetupException configuring(String host, CommandResult result) {
    return make(
        "Docker on " + host + " was not set up: " + end(result),
        "See what it printed; journalctl -u docker on the host says more",
        result);
  }

  private static String end(CommandResult result) {
    return result.exitCode() < 0
        ? "the script did not come to its end"
        : "exit code " + result.exitCode();
  }

  static DockerSetupException foreignSettings(String host) {
    return new DockerSetupException(
        "/etc/docker/daemon.json on " + host + " cannot be read, or is no JSON object",
        "Mend it, make it readable for the account, or remove it",
        List.of(),
        false);
  }

  private static DockerSetupException make(String message, String hint, CommandResult result) {
    List<String> lines = result.output().lines().toList();
    return new DockerSetupException(
        message,
        hint,
        lines.subList(Math.max(0, lines.size() - EVIDENCE), lines.size()),
        result.exitCode() == 75);
  }
}
