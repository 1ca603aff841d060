package io.rke4j.testkit.container;

import io.rke4j.testkit.host.FileView;
import io.rke4j.testkit.host.Machine;
import io.rke4j.testkit.host.OpenPort;
import io.rke4j.testkit.host.PortService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * The program of a container while it runs: what a {@link Behaviour} has to do with. Its ports
 * close when it ends. Thread-safe.
 */
public final class ContainerProcess {

  private final Container container;
  private final Machine machine;
  private final FileView files;
  private final IntConsumer onExit;
  private final List<Runnable> onEnd = new ArrayList<>();
  private final Map<Integer, PortService> inside = new ConcurrentHashMap<>();
  private boolean over;

  ContainerProcess(Container container, Machine machine, IntConsumer onExit) {
    this.container = container;
    this.machine = machine;
    this.files = new FileView(machine.files(), container.mounts()::toHost);
    this.onExit = onExit;
  }

  /** Its definition. */
  public ContainerSettings settings() {
    return container.settings();
  }

  /** The name of its container. */
  public String name() {
    return container.name();
  }

  /** The identifier of its container. */
  public String id() {
    return container.id();
  }

  /** The host that it runs on. */
  public Machine machine() {
    return machine;
  }

  /** The files as the container sees them. */
  public FileView files() {
    return files;
  }

  /** Writes a line to the container's log. */
  public void out(String line) {
    container.log().write(1, line + "\n");
  }

  /** Writes a line to the container's log, as an error. */
  public void err(String line) {
    container.log().write(2, line + "\n");
  }

  /**
   * Listens on a port: of the host, if the container uses its network, and else of the container,
   * where it is reached by the ports that are published for it.
   *
   * @throws java.net.BindException if somebody else does already
   */
  public void listen(int port, PortService service) throws IOException {
    if (!settings().onHostNetwork()) {
      inside.put(port, service);
      return;
    }
    OpenPort open = machine.listen(port, service);
    atEnd(open::close);
  }

  /** What answers behind a published port. */
  PortService behind(int port) {
    return connection -> inside.getOrDefault(port, PortService.SILENT).serve(connection);
  }

  /** Does something when the program ends, however it does; at once if it has. */
  public void atEnd(Runnable action) {
    synchronized (this) {
      if (!over) {
        onEnd.add(action);
        return;
      }
    }
    action.run();
  }

  /** Whether the program has ended. */
  public synchronized boolean isOver() {
    return over;
  }

  /** Works on a thread of its own. */
  public void execute(Runnable work) {
    machine.threads().execute(work);
  }

  /** Ends the program. Only the first call counts. */
  public void exit(int code) {
    List<Runnable> actions;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      actions = List.copyOf(onEnd);
    }
    actions.forEach(Runnable::run);
    onExit.accept(code);
  }
}
