package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.Behaviour;
import io.rke4j.testkit.container.ContainerProcess;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Containers that end at once instead of doing their work, on any host. Thread-safe. */
public final class Endings implements Behaviour {

  private final Map<String, Ending> waiting = new ConcurrentHashMap<>();

  /** No container ends by itself yet. */
  public Endings() {}

  private record Ending(int times, int exitCode, String log) {
    @Nullable Ending next() {
      return times > 1 ? new Ending(times - 1, exitCode, log) : null;
    }
  }

  /**
   * Has the next starts of a container end.
   *
   * @param container its name
   * @param times how many starts, those that the engine does by itself included
   * @param exitCode with this code
   * @param log after writing this line
   */
  public void next(String container, int times, int exitCode, String log) {
    waiting.put(container, new Ending(times, exitCode, log));
  }

  /** Lets all containers run. */
  public void clear() {
    waiting.clear();
  }

  /** Whether a container is one of those. */
  public boolean await(ContainerProcess process) {
    return waiting.containsKey(process.name());
  }

  @Override
  public void start(ContainerProcess process) {
    Ending[] now = new Ending[1];
    waiting.computeIfPresent(
        process.name(),
        (name, ending) -> {
          now[0] = ending;
          return ending.next();
        });
    // If another host's container was faster, this one ends all the same, with nothing to say.
    process.err(now[0] == null ? "" : now[0].log());
    process.exit(now[0] == null ? 1 : now[0].exitCode());
  }
}
