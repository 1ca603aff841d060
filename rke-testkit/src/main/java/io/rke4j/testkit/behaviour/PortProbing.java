package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.ContainerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Connects to each of the ports in variable {@code TARGETS} with {@code nc -z}, and writes those
 * that it cannot reach. The connections are real ones, from the host's address.
 */
final class PortProbing extends Program {

  private static final int PATIENCE_MILLIS = 5_000;

  static boolean isMeant(ContainerProcess process) {
    return process.settings().env().containsKey("TARGETS")
        && process.settings().arguments().stream().anyMatch(word -> word.contains("nc -w"));
  }

  @Override
  public void start(ContainerProcess process) {
    process.execute(() -> probe(process));
  }

  private static void probe(ContainerProcess process) {
    String targets = process.settings().env().getOrDefault("TARGETS", "");
    List<String> unreachable =
        Arrays.stream(targets.split(" +", -1))
            .filter(target -> !target.isEmpty())
            .filter(target -> !reaches(process.machine().address(), target))
            .toList();
    unreachable.forEach(process::out);
    process.exit(unreachable.isEmpty() ? 0 : 1);
  }

  /** {@code nc -z HOST PORT}: whether somebody answers there; empty for other uses of nc. */
  static Optional<ExecAnswer> connect(ContainerProcess process, List<String> arguments) {
    int size = arguments.size();
    if (size < 3 || !arguments.contains("-z")) {
      return Optional.empty();
    }
    String target = arguments.get(size - 2) + ":" + arguments.get(size - 1);
    boolean reached = reaches(process.machine().address(), target);
    return Optional.of(reached ? ExecAnswer.of("") : ExecAnswer.failed(1, ""));
  }

  private static boolean reaches(InetAddress from, String target) {
    int colon = target.lastIndexOf(':');
    int port = Integer.parseInt(target.substring(colon + 1));
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(target.substring(0, colon), port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
