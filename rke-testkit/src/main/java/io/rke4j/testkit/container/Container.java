package io.rke4j.testkit.container;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One container of a host: what it is and how it is. Thread-safe. */
public final class Container {

  private final String id = Ids.fresh();
  private final InstantSource clock;
  private final Instant created;
  private final ContainerSettings settings;
  private final Image image;
  private final MountTable mounts;
  private final ContainerLog log;
  private String name;
  private Status status = Status.CREATED;
  private int exitCode;
  private int restarts;
  private String error = "";
  private Instant started = Instant.EPOCH;
  private Instant finished = Instant.EPOCH;
  private @Nullable ContainerProcess process;
  private final CompletableFuture<Integer> removal = new CompletableFuture<>();
  private CompletableFuture<Integer> end = new CompletableFuture<>();

  /** How a container is. */
  public enum Status {
    /** Made and never started. */
    CREATED("created"),
    /** Its program runs. */
    RUNNING("running"),
    /** Its program has ended and will be started again. */
    RESTARTING("restarting"),
    /** Its program has ended. */
    EXITED("exited");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** The engine's word. */
    public String word() {
      return word;
    }
  }

  /**
   * A moment of a container's life.
   *
   * @param name its name
   * @param status how it is
   * @param exitCode of its last program
   * @param restarts how often the engine has started it again by itself
   * @param error why it could not be started; mostly empty
   * @param started when it was started last
   * @param finished when it ended last
   */
  public record Snapshot(
      String name,
      Status status,
      int exitCode,
      int restarts,
      String error,
      Instant started,
      Instant finished) {
    /** Whether its program runs, or will again. */
    public boolean alive() {
      return status == Status.RUNNING || status == Status.RESTARTING;
    }
  }

  Container(
      String name,
      ContainerSettings settings,
      Image image,
      MountTable mounts,
      InstantSource clock) {
    this.clock = clock;
    this.created = clock.instant();
    this.log = new ContainerLog(clock);
    this.name = name;
    this.settings = settings;
    this.image = image;
    this.mounts = mounts;
  }

  /** Its identifier. */
  public String id() {
    return id;
  }

  /** When it was made. */
  public Instant created() {
    return created;
  }

  /** Its definition. */
  public ContainerSettings settings() {
    return settings;
  }

  /** Its image. */
  public Image image() {
    return image;
  }

  /** Where its folders lie. */
  public MountTable mounts() {
    return mounts;
  }

  /** What it wrote. */
  public ContainerLog log() {
    return log;
  }

  /** Its name, which may change. */
  public synchronized String name() {
    return name;
  }

  synchronized void rename(String newName) {
    name = newName;
  }

  /** How it is now. */
  public synchronized Snapshot snapshot() {
    return new Snapshot(name, status, exitCode, restarts, error, started, finished);
  }

  /** Its program, while it runs. */
  public synchronized @Nullable ContainerProcess process() {
    return process;
  }

  /** Its exit code, once the program that runs, or the next one, has ended for good. */
  public synchronized CompletableFuture<Integer> end() {
    return end;
  }

  /** The exit code of the next program, if none runs. */
  public synchronized CompletableFuture<Integer> nextEnd() {
    if (end.isDone()) {
      end = new CompletableFuture<>();
    }
    return end;
  }

  /** Does something with the exit code once there is one; must not wait. */
  public static void after(CompletableFuture<Integer> end, Consumer<Integer> action) {
    CompletableFuture<Void> unused = end.thenAccept(action);
  }

  /** Done when the container is removed. */
  public CompletableFuture<Integer> removal() {
    return removal;
  }

  /** Where its log lies on the host; the file is there since its first start, and stays empty. */
  public String logPath() {
    return folder() + "/" + id + "-json.log";
  }

  /** Where the engine keeps what it knows of it. */
  String folder() {
    return "/var/lib/docker/containers/" + id;
  }

  synchronized void begin(ContainerProcess begun) {
    process = begun;
    status = Status.RUNNING;
    started = clock.instant();
    error = "";
    if (end.isDone()) {
      end = new CompletableFuture<>();
    }
  }

  synchronized void failToStart(String why) {
    process = null;
    error = why;
    exitCode = 128;
    if (status != Status.CREATED) {
      status = Status.EXITED;
    }
  }

  synchronized void finish(int code, boolean again) {
    process = null;
    exitCode = code;
    finished = clock.instant();
    status = again ? Status.RESTARTING : Status.EXITED;
    if (again) {
      restarts++;
    }
  }

  /** A container that was waiting to be started again is not any more. */
  synchronized void giveUp() {
    if (status == Status.RESTARTING) {
      status = Status.EXITED;
    }
  }

  synchronized void forgetRestarts() {
    restarts = 0;
  }
}
