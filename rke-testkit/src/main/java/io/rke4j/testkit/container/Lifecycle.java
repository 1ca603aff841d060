package io.rke4j.testkit.container;

import io.rke4j.testkit.host.EngineRelease;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.Machine;
import io.rke4j.testkit.host.OpenPort;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Starts and ends the programs of containers. Thread-safe. */
final class Lifecycle {

  private static final int KILLED = 137;
  private static final int TERMINATED = 143;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration STEADY = Duration.ofSeconds(10);

  private final Machine machine;
  private final Behaviours behaviours;
  private final EngineEvents events;
  private final Set<Integer> published = ConcurrentHashMap.newKeySet();

  Lifecycle(Machine machine, Behaviours behaviours, EngineEvents events) {
    this.machine = machine;
    this.behaviours = behaviours;
    this.events = events;
  }

  /**
   * Starts a container.
   *
   * @return false if it runs already
   * @throws EngineRefusal if it cannot be started
   */
  boolean start(Container container) {
    synchronized (container) {
      if (container.snapshot().status() == Container.Status.RUNNING) {
        return false;
      }
      container.forgetRestarts();
      run(container);
    }
    return true;
  }

  private void run(Container container) {
    ContainerProcess[] own = new ContainerProcess[1];
    ContainerProcess process =
        new ContainerProcess(container, machine, code -> ended(container, own[0], code));
    own[0] = process;
    requireRoom(container);
    publishPorts(container, process);
    if (!machine.files().exists(container.logPath())) {
      machine.files().put(container.logPath(), FileEntry.file(0640, ""));
    }
    container.begin(process);
    events.container("start", container);
    behaviours.of(process).start(process);
  }

  /** Before anything else the engine writes down how the container is to run. */
  private void requireRoom(Container container) {
    try {
      EngineRefusal.requireRoom(machine, "write " + container.folder() + "/.tmp-hostconfig.json1");
    } catch (EngineRefusal e) {
      container.failToStart(e.words());
      throw e;
    }
  }

  private void publishPorts(Container container, ContainerProcess process) {
    for (Map.Entry<Integer, List<Integer>> entry :
        container.settings().publishedPorts().entrySet()) {
      for (int port : entry.getValue()) {
        publish(container, process, entry.getKey(), port);
      }
    }
  }

  private void publish(Container container, ContainerProcess process, int inside, int port) {
    try {
      OpenPort open = machine.listen(port, process.behind(inside));
      published.add(port);
      process.atEnd(open::close);
      process.atEnd(() -> published.remove(port));
    } catch (IOException e) {
      EngineRelease engine = machine.facts().engine();
      EngineRefusal refusal =
          published.contains(port)
              ? EngineRefusal.portAllocated(engine, container, port)
              : EngineRefusal.portTaken(engine, container, inside, port);
      container.failToStart(refusal.words());
      // Gives back the ports before this one.
      process.exit(KILLED);
      throw refusal;
    }
  }

  /** The program ended by itself, or was ended. */
  private void ended(Container container, @Nullable ContainerProcess process, int code) {
    boolean again;
    int restarts;
    synchronized (container) {
      if (container.process() == null || !isSame(container.process(), process)) {
        return;
      }
      Container.Snapshot before = container.snapshot();
      if (Duration.between(before.started(), machine.clock().instant()).compareTo(STEADY) > 0) {
        container.forgetRestarts();
      }
      restarts = container.snapshot().restarts();
      again = container.settings().startsAgain(code, restarts);
      container.finish(code, again);
    }
    events.container("die", container);
    if (again) {
      machine.threads().later(pause(restarts), () -> restartByItself(container));
    } else {
      container.end().complete(code);
    }
  }

  @SuppressWarnings("ReferenceEquality") // one run of a container, and no other one like it
  private static boolean isSame(@Nullable ContainerProcess one, @Nullable ContainerProcess other) {
    return one == other;
  }

  private static Duration pause(int restarts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(restarts, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private void restartByItself(Container container) {
    synchronized (container) {
      if (container.snapshot().status() != Container.Status.RESTARTING) {
        return;
      }
      try {
        run(container);
      } catch (EngineRefusal e) {
        container.failToStart(e.words());
      }
    }
  }

  /**
   * Ends the program of a container, for good until somebody starts it.
   *
   * @return false if it did not run
   */
  boolean stop(Container container, boolean kill) {
    ContainerProcess process;
    synchronized (container) {
      Container.Snapshot now = container.snapshot();
      if (!now.alive()) {
        return false;
      }
      process = container.process();
      if (process == null) {
        container.giveUp();
        container.end().complete(now.exitCode());
        return true;
      }
    }
    end(container, process, kill ? KILLED : TERMINATED);
    events.container(kill ? "kill" : "stop", container);
    return true;
  }

  /** What the user stops is not started again by the engine. */
  private void end(Container container, ContainerProcess process, int code) {
    synchronized (container) {
      if (isSame(container.process(), process)) {
        container.finish(code, false);
      }
    }
    process.exit(code);
    events.container("die", container);
    container.end().complete(code);
  }
}
