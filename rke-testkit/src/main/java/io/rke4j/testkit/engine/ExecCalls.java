package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.Behaviour.ExecAnswer;
import io.rke4j.testkit.container.Container;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.container.Ids;
import io.rke4j.testkit.container.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Programs that are run beside that of a container. */
final class ExecCalls {

  private final DockerHost host;
  private final Map<String, Exec> execs = new ConcurrentHashMap<>();

  private static final class Exec {
    private final Container container;
    private final List<String> command;
    private final boolean terminal;
    private volatile boolean running;
    private volatile @Nullable Integer exitCode;

    Exec(Container container, List<String> command, boolean terminal) {
      this.container = container;
      this.command = command;
      this.terminal = terminal;
    }
  }

  ExecCalls(DockerHost host) {
    this.host = host;
  }

  void addTo(Router router) {
    router
        .on("POST", "/containers/{}/exec", this::create)
        .on("POST", "/exec/{}/start", this::start)
        .on("POST", "/exec/{}/resize", call -> call.send(200, "text/plain", new byte[0], Map.of()))
        .on("GET", "/exec/{}/json", this::inspect);
  }

  private void create(Call call) throws IOException {
    Container container = host.containers().require(call.name());
    if (container.process() == null) {
      throw EngineRefusal.notRunning(host.machine().facts().engine(), container);
    }
    ObjectNode request = call.json();
    List<String> command = Json.words(request.path("Cmd"));
    if (command.isEmpty()) {
      throw EngineRefusal.badRequest("No exec command specified");
    }
    String id = Ids.fresh();
    execs.put(id, new Exec(container, command, request.path("Tty").asBoolean()));
    call.json(201, Json.object().put("Id", id));
  }

  private Exec of(Call call) {
    Exec exec = execs.get(call.name());
    if (exec == null) {
      throw EngineRefusal.notFound("No such exec instance: " + call.name());
    }
    return exec;
  }

  private void start(Call call) throws IOException {
    Exec exec = of(call);
    if (exec.running || exec.exitCode != null) {
      throw EngineRefusal.conflict("Error: Exec command " + call.name() + " is already running");
    }
    if (call.json().path("Detach").asBoolean()) {
      run(exec);
      call.send(200, "text/plain", new byte[0], Map.of());
      return;
    }
    ExecAnswer answer = run(exec);
    OutputStream out = call.hijack(new Nobody());
    Frames frames = new Frames(out, exec.terminal);
    frames.text(1, answer.output());
    frames.text(2, answer.error());
  }

  private ExecAnswer run(Exec exec) {
    exec.running = true;
    try {
      ExecAnswer answer = host.exec(exec.container, exec.command);
      exec.exitCode = answer.exitCode();
      return answer;
    } finally {
      exec.running = false;
    }
  }

  private void inspect(Call call) throws IOException {
    Exec exec = of(call);
    ObjectNode json =
        Json.object()
            .put("ID", call.name())
            .put("Running", exec.running)
            .put("ExitCode", exec.exitCode)
            .put("OpenStdin", false)
            .put("OpenStdout", true)
            .put("OpenStderr", true)
            .put("ContainerID", exec.container.id())
            .put("Pid", 0);
    List<String> words = exec.command;
    json.putObject("ProcessConfig")
        .put("tty", exec.terminal)
        .put("entrypoint", words.get(0))
        .set("arguments", Json.array(words.subList(1, words.size())));
    call.ok(json);
  }

  /** Reads nothing. */
  private static final class Nobody implements HttpConnection.RawInput {
    @Override
    public void received(byte[] bytes, int offset, int length) {}

    @Override
    public void ended() {}
  }
}
