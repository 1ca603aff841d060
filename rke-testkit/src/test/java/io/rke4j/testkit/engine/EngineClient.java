package io.rke4j.testkit.engine;

import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.host.Duplex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends single requests to an engine, each over a stream of its own that is in memory only. */
record EngineClient(Duplex.Service engine) {

  private static final int PATIENCE_SECONDS = 20;

  /**
   * An answer.
   *
   * @param status the code of HTTP
   * @param head everything before the body
   * @param bytes the body as it came, one character for each byte
   */
  record Answer(int status, String head, String bytes) {
    String text() {
      return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  /** Of the engine of a host, to which nothing befalls. */
  static EngineClient of(SimulatedHost host) {
    return new EngineClient(new DockerApi(host.docker(), new EngineFaults()));
  }

  Answer get(String path) throws InterruptedException {
    return send("GET", path, "");
  }

  Answer post(String path, String body) throws InterruptedException {
    return send("POST", path, body);
  }

  Answer send(String method, String path, String body) throws InterruptedException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    return raw(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: docker\r\nConnection: close\r\nContent-Length: "
            + content.length
            + "\r\n\r\n"
            + body);
  }

  /** Sends text as it is, byte by byte, and reads to the end of the stream. */
  Answer raw(String request) throws InterruptedException {
    MemoryCarrier memory = new MemoryCarrier();
    Duplex stream = engine.open(memory);
    for (byte next : request.getBytes(StandardCharsets.UTF_8)) {
      stream.received(new byte[] {next}, 0, 1);
    }
    if (!memory.isClosedWithin(Duration.ofSeconds(PATIENCE_SECONDS))) {
      throw new AssertionError("no end of the answer to " + request.lines().findFirst());
    }
    String all = memory.text(StandardCharsets.ISO_8859_1);
    int end = all.indexOf("\r\n\r\n") + 4;
    int status = Integer.parseInt(all.split(" ", 3)[1]);
    return new Answer(status, all.substring(0, end), all.substring(end));
  }
}
