package io.rke4j.testkit.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.host.FileView;
import io.rke4j.testkit.host.Machine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The Docker Engine of a simulated host, as far as it is not HTTP. Thread-safe. */
public final class DockerHost {

  private final Machine machine;
  private final Images images;
  private final Volumes volumes;
  private final ContainerTable containers = new ContainerTable();
  private final EngineEvents events;
  private final ContainerMaker maker;
  private final Lifecycle lifecycle;
  private final Behaviours behaviours;
  private final Set<Container> halted = ConcurrentHashMap.newKeySet();

  /** An engine that has nothing yet. */
  public DockerHost(Machine machine, Registries registries, Behaviours behaviours) {
    this.machine = machine;
    this.behaviours = behaviours;
    this.events = new EngineEvents(machine.clock());
    this.images = new Images(registries);
    this.volumes = new Volumes(machine.files());
    this.maker = new ContainerMaker(machine, images, volumes, containers);
    this.lifecycle = new Lifecycle(machine, behaviours, events);
  }

  /** The host. */
  public Machine machine() {
    return machine;
  }

  /** Its images. */
  public Images images() {
    return images;
  }

  /** Its volumes. */
  public Volumes volumes() {
    return volumes;
  }

  /** Its containers. */
  public ContainerTable containers() {
    return containers;
  }

  /** What happens. */
  public EngineEvents events() {
    return events;
  }

  /**
   * Brings an image to the host.
   *
   * @throws EngineRefusal if its registry does not give it, or not what its digest says, or there
   *     is no room
   */
  public boolean pull(ImageName name, ObjectNode auth) {
    if (machine.diskFull() && images.find(images.ask(name, auth).name()).isEmpty()) {
      throw EngineRefusal.diskFullInPull();
    }
    boolean isNew = images.pull(name, auth);
    events.publish("image", "pull", name.toString(), Map.of("name", name.repository()));
    return isNew;
  }

  /**
   * Makes a container.
   *
   * @param name empty for any
   * @param request as the API's {@code /containers/create} takes it
   * @throws EngineRefusal if there is no such image, the name is taken, or there is no room
   */
  public Container create(String name, ObjectNode request) {
    Container container = maker.make(name, request);
    events.container("create", container);
    return container;
  }

  /**
   * Starts a container.
   *
   * @return false if it runs already
   * @throws EngineRefusal if a port is taken, or there is no room
   */
  public boolean start(Container container) {
    boolean begun = lifecycle.start(container);
    if (begun && container.settings().goesAway()) {
      Container.after(
          container.end(), code -> machine.threads().execute(() -> remove(container, true)));
    }
    return begun;
  }

  /**
   * Stops a container.
   *
   * @return false if it does not run
   */
  public boolean stop(Container container) {
    return lifecycle.stop(container, false);
  }

  /**
   * Kills the program of a container.
   *
   * @throws EngineRefusal if it does not run
   */
  public void kill(Container container) {
    if (!lifecycle.stop(container, true)) {
      throw EngineRefusal.nothingToKill(machine.facts().engine(), container);
    }
  }

  /** Stops a container if it runs, and starts it. */
  public void restart(Container container) {
    lifecycle.stop(container, false);
    lifecycle.start(container);
    events.container("restart", container);
  }

  /**
   * Gives a container another name.
   *
   * @throws EngineRefusal if the name is taken, or there is no room
   */
  public void rename(Container container, String name) {
    EngineRefusal.requireRoom(machine, "write " + container.folder() + "/.tmp-config.v2.json1");
    containers.rename(container, name);
    events.container("rename", container);
  }

  /**
   * Removes a container that does not run.
   *
   * @param reference its name or identifier
   * @param force stops it before
   * @param withVolumes with the volumes that were made for it alone
   * @throws EngineRefusal if there is none, or it runs
   */
  public void remove(String reference, boolean force, boolean withVolumes) {
    Container container = containers.require(reference);
    if (container.snapshot().alive()) {
      if (!force) {
        throw EngineRefusal.running(machine.facts().engine(), container, reference);
      }
      lifecycle.stop(container, true);
    }
    remove(container, withVolumes);
  }

  private void remove(Container container, boolean withVolumes) {
    containers.remove(container);
    maker.clear(container, withVolumes);
    events.container("destroy", container);
    container.removal().complete(container.snapshot().exitCode());
  }

  /** The files as a container sees them, whether it runs or not. */
  public FileView files(Container container) {
    return new FileView(machine.files(), container.mounts()::toHost);
  }

  /**
   * Runs a program beside that of a container.
   *
   * @throws EngineRefusal if the container does not run
   */
  public Behaviour.ExecAnswer exec(Container container, List<String> command) {
    ContainerProcess process = container.process();
    if (process == null) {
      throw EngineRefusal.notRunning(machine.facts().engine(), container);
    }
    return behaviours.of(process).exec(process, command);
  }

  /** Ends all programs, as the engine does when it is stopped; they run again with it. */
  public void halt() {
    for (Container container : containers.all()) {
      if (container.snapshot().alive()) {
        halted.add(container);
        lifecycle.stop(container, true);
      }
    }
  }

  /** Starts what ran when the engine was stopped and is to run whenever it does. */
  public void resume() {
    List<Container> before = List.copyOf(halted);
    halted.clear();
    before.stream()
        .filter(container -> container.settings().startsAgain(0, 0))
        .forEach(this::startAgain);
  }

  private void startAgain(Container container) {
    try {
      lifecycle.start(container);
    } catch (EngineRefusal e) {
      // The engine goes on without it, and the container says why.
      container.failToStart(e.words());
    }
  }
}
