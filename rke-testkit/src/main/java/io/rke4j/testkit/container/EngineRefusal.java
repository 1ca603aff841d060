package io.rke4j.testkit.container;

/** Something that the engine does not do, in the words of the real one. */
public final class EngineRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private EngineRefusal(int status, String message) {
    super(message);
    this.status = status;
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

  /** Something else is in the way. */
  public static EngineRefusal conflict(String message) {
    return new EngineRefusal(409, message);
  }

  /** The engine, or somebody that it asked, failed. */
  public static EngineRefusal failed(String message) {
    return new EngineRefusal(500, message);
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
