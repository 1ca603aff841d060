package io.rke4j.core.phase;

import io.rke4j.spi.runtime.ContainerView;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The log lines that say why a component ended. Kubernetes' programs follow their last words with a
 * dump of everything that was running, which buries them.
 */
public final class LastWords {

  private static final int READ = 1_000;
  private static final int SHOWN = 12;
  private static final Pattern FATAL = Pattern.compile("F\\d{4} .*|(?i:error|fatal|panic):.*");
  private static final Pattern DUMP = Pattern.compile("goroutine \\d+ \\[.*");

  private LastWords() {}

  /** The lines around the last fatal message of a container, or its last lines if there is none. */
  public static List<String> of(ContainerView containers, String container) {
    return choose(containers.lastLogLines(container, READ));
  }

  static List<String> choose(List<String> lines) {
    for (int index = lines.size() - 1; index >= 0; index--) {
      if (FATAL.matcher(lines.get(index)).matches()) {
        List<String> until =
            lines.subList(0, index + 1).stream()
                .filter(line -> !line.isBlank() && !DUMP.matcher(line).matches())
                .toList();
        return last(until, SHOWN);
      }
    }
    return last(lines, SHOWN);
  }

  private static List<String> last(List<String> lines, int count) {
    return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
