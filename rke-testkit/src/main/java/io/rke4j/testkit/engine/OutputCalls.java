package io.rke4j.testkit.engine;

import io.rke4j.testkit.container.Container;
import io.rke4j.testkit.container.ContainerLog;
import io.rke4j.testkit.container.ContainerLog.Line;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.container.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What containers write, and their ends: logs, attach, wait. */
record OutputCalls(DockerHost host) {

  /** Since API 1.42 the type of an answer says whether it comes in frames. */
  private static final int NAMES_FRAMES = 42;

  void addTo(Router router) {
    router
        .on("GET", "/containers/{}/logs", this::logs)
        .on("POST", "/containers/{}/attach", this::attach)
        .on("POST", "/containers/{}/wait", this::await);
  }

  private Container of(Call call) {
    return host.containers().require(call.name());
  }

  private void logs(Call call) throws IOException {
    Container container = of(call);
    Choice choice = Choice.of(call);
    if (!choice.output() && !choice.error()) {
      throw EngineRefusal.badRequest("Bad parameters: you must choose at least one stream");
    }
    boolean named = call.api() >= NAMES_FRAMES && !container.settings().hasTerminal();
    String type = named ? "multiplexed" : "raw";
    try (OutputStream out = call.stream("application/vnd.docker." + type + "-stream")) {
      Frames frames = new Frames(out, container.settings().hasTerminal());
      if (call.flag("follow") && container.snapshot().alive()) {
        follow(call, container, line -> choice.send(line, frames), choice);
      } else {
        for (Line line : choice.last(container.log().lines())) {
          choice.send(line, frames);
        }
      }
    }
  }

  private static void follow(
      Call call, Container container, Feed.Sender<Line> sender, Choice choice) throws IOException {
    Feed<Line> feed = new Feed<>();
    ContainerLog.Reader reader = feed::add;
    List<Line> before = container.log().follow(reader);
    try {
      call.connection().whenBroken(feed::end);
      for (Line line : choice.last(before)) {
        sender.send(line);
      }
      Container.after(container.end(), code -> feed.end());
      Container.after(container.removal(), code -> feed.end());
      feed.drain(sender);
    } finally {
      container.log().leave(reader);
    }
  }

  private void attach(Call call) throws IOException {
    Container container = of(call);
    boolean earlier = call.flag("logs");
    OutputStream out = call.hijack(Ignored.INPUT);
    if (call.flag("stream") || earlier) {
      Frames frames = new Frames(out, container.settings().hasTerminal());
      Choice choice =
          new Choice(
              call.flag("stdout"), call.flag("stderr"), false, earlier ? -1 : 0, Instant.MIN);
      follow(call, container, line -> choice.send(line, frames), choice);
    }
  }

  private void await(Call call) throws IOException {
    Container container = of(call);
    CompletableFuture<Integer> end =
        switch (call.parameter("condition")) {
          case "next-exit" -> container.nextEnd();
          case "removed" -> container.removal();
          default ->
              container.snapshot().alive()
                  ? container.end()
                  : CompletableFuture.completedFuture(container.snapshot().exitCode());
        };
    try (OutputStream out = call.stream("application/json")) {
      Feed<Integer> feed = new Feed<>();
      call.connection().whenBroken(feed::end);
      // Whoever waits has heard of the start by now.
      out.flush();
      Container.after(end, feed::addOnly);
      Container.after(container.removal(), feed::addOnly);
      feed.drain(code -> out.write(Json.bytes(Json.object().put("StatusCode", code))));
    }
  }

  /** Nobody reads what is typed into a simulated container. */
  private enum Ignored implements HttpConnection.RawInput {
    INPUT;

    @Override
    public void received(byte[] bytes, int offset, int length) {}

    @Override
    public void ended() {}
  }

  /** Which lines are wanted, and how. */
  private record Choice(
      boolean output, boolean error, boolean timestamps, int most, Instant since) {

    static Choice of(Call call) {
      String tail = call.parameter("tail");
      String since = call.parameter("since");
      return new Choice(
          call.flag("stdout"),
          call.flag("stderr"),
          call.flag("timestamps"),
          tail.matches("\\d+") ? Integer.parseInt(tail) : -1,
          since.matches("[1-9]\\d*(\\.\\d*)?")
              ? Instant.ofEpochSecond(Long.parseLong(since.replaceFirst("\\..*", "")))
              : Instant.MIN);
    }

    List<Line> last(List<Line> lines) {
      List<Line> wanted = lines.stream().filter(this::isWanted).toList();
      return most < 0 || most >= wanted.size()
          ? wanted
          : wanted.subList(wanted.size() - most, wanted.size());
    }

    private boolean isWanted(Line line) {
      return (line.stream() == 1 ? output : error) && !line.at().isBefore(since);
    }

    void send(Line line, Frames frames) throws IOException {
      if (isWanted(line)) {
        frames.text(line.stream(), timestamps ? line.at() + " " + line.text() : line.text());
      }
    }
  }
}
