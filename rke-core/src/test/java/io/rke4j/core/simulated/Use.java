package io.rke4j.core.simulated;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this process has taken of its machine. */
final class Use {

  private static final Path OPEN = Path.of("/proc/self/fd");

  private Use() {}

  /** Time of processors so far. */
  static Duration processors() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return Duration.ofNanos(system.getProcessCpuTime());
  }

  /** Threads by their names, without numbers. */
  static Map<String, Integer> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName().replaceAll("[0-9a-f]*\\d[0-9a-f:.]*", "#"))
        .collect(Collectors.toMap(name -> name, name -> 1, Integer::sum, TreeMap::new));
  }

  /** Open files and sockets, by what they are. */
  static List<String> handles() {
    try (Stream<Path> handles = Files.list(OPEN)) {
      return handles
          .map(Use::kind)
          .filter(kind -> !kind.isEmpty() && !kind.contains("/fd"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String kind(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString().replaceAll("\\[\\d+]", "");
    } catch (IOException e) {
      // It was that of the list itself.
      return "";
    }
  }
}
