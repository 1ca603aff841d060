package io.rke4j.testkit.container;

import io.rke4j.testkit.host.EngineRelease;
import io.rke4j.testkit.host.Machine;

/** Something that the engine does not do, in the words of the real one. */
public final class EngineRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int BINDS_PORTS_ITSELF = 48;

  private final int status;
  private final Moment moment;

  private enum Moment {
    AT_ONCE,
    WHILE_DOWNLOADING,
    AFTER_DOWNLOAD
  }

  private EngineRefusal(int status, String message) {
    this(status, message, Moment.AT_ONCE);
  }

  private EngineRefusal(int status, String message, Moment moment) {
    super(message);
    this.status = status;
    this.moment = moment;
  }

  /** What was asked is malformed. */
  public static EngineRefusal badRequest(String message) {
    return new EngineRefusal(400, message);
  }

  /** There is no such thing. */
  public static EngineRefusal notFound(String message) {
    return new EngineRefusal(404, message);
  }

  /** There is no such container. */
  public static EngineRefusal noContainer(String name) {
    return notFound("No such container: " + name);
  }

  /** There is no such image. */
  public static EngineRefusal noImage(String name) {
    return notFound("No such image: " + name);
  }

  /** The container's program runs, and so it stays. */
  static EngineRefusal running(EngineRelease engine, Container container, String reference) {
    return conflict(
        engine.speaksPlainly()
            ? "cannot remove container \""
                + reference
                + "\": container is running: stop the container before removing or force remove"
            : "You cannot remove a running container "
                + container.id()
                + ". Stop the container before attempting removal or force remove");
  }

  /** The container's program does not run. */
  public static EngineRefusal notRunning(EngineRelease engine, Container container) {
    String word = engine.speaksPlainly() ? "container " : "Container ";
    return conflict(word + container.id() + " is not running");
  }

  /** There is nothing to kill. */
  static EngineRefusal nothingToKill(EngineRelease engine, Container container) {
    String word = engine.speaksPlainly() ? "cannot" : "Cannot";
    return conflict(
        word
            + " kill container: "
            + container.name()
            + ": "
            + notRunning(engine, container).words());
  }

  /** Another container has the port of the host. */
  static EngineRefusal portAllocated(EngineRelease engine, Container container, int port) {
    return failed(
        connecting(engine, container)
            + "Bind for 0.0.0.0:"
            + port
            + " failed: port is already allocated");
  }

  /** Another program of the host has the port. */
  static EngineRefusal portTaken(EngineRelease engine, Container container, int inside, int port) {
    String words =
        engine.speaks(BINDS_PORTS_ITSELF)
            ? "failed to bind host port for 0.0.0.0:%d:172.17.0.2:%d/tcp: ".formatted(port, inside)
            : "Error starting userland proxy: listen tcp4 0.0.0.0:" + port + ": bind: ";
    return failed(connecting(engine, container) + words + "address already in use");
  }

  private static String connecting(EngineRelease engine, Container container) {
    return (engine.speaks(BINDS_PORTS_ITSELF) ? "failed to set up container networking: " : "")
        + "driver failed programming external connectivity on endpoint "
        + container.name()
        + " ("
        + Ids.of(container.id())
        + "): ";
  }

  /**
   * Sees to it that something can be written.
   *
   * @param whileDoing what the operating system is asked for, for example {@code mkdir /a}
   * @throws EngineRefusal if the host's disk is full
   */
  public static void requireRoom(Machine machine, String whileDoing) {
    if (machine.diskFull()) {
      throw failed(noSpace(whileDoing));
    }
  }

  /** There is no room for what is downloaded. */
  static EngineRefusal diskFullInPull() {
    String file = "/var/lib/docker/tmp/GetImageBlob" + Ids.fresh().replaceAll("\\D", "");
    return new EngineRefusal(500, noSpace("write " + file), Moment.WHILE_DOWNLOADING);
  }

  private static String noSpace(String whileDoing) {
    return whileDoing + ": no space left on device";
  }

  /** What was downloaded is not what it should be. */
  static EngineRefusal corruptLayer(String digest) {
    return new EngineRefusal(
        500, "filesystem layer verification failed for digest " + digest, Moment.AFTER_DOWNLOAD);
  }

  /** Something else is in the way. */
  public static EngineRefusal conflict(String message) {
    return new EngineRefusal(409, message);
  }

  /** The engine, or somebody that it asked, failed. */
  public static EngineRefusal failed(String message) {
    return new EngineRefusal(500, message);
  }

  /** Whether the engine finds out only after it has begun to answer that all is well. */
  public boolean isLate() {
    return moment != Moment.AT_ONCE;
  }

  /** Whether all is downloaded by then. */
  public boolean isAfterDownload() {
    return moment == Moment.AFTER_DOWNLOAD;
  }

  /** The status code of HTTP. */
  public int status() {
    return status;
  }

  /** What it says. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
