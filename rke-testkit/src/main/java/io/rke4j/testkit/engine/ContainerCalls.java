package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.Container;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.container.Json;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** The life of containers. */
record ContainerCalls(DockerHost host) {

  void addTo(Router router) {
    ContainerJson json = new ContainerJson(host);
    router
        .on("GET", "/containers/json", call -> list(call, json))
        .on("POST", "/containers/create", this::create)
        .on("GET", "/containers/{}/json", call -> call.ok(json.whole(of(call))))
        .on("POST", "/containers/{}/start", call -> call.done(host.start(of(call))))
        .on("POST", "/containers/{}/stop", call -> call.done(host.stop(of(call))))
        .on("POST", "/containers/{}/restart", this::restart)
        .on("POST", "/containers/{}/kill", this::kill)
        .on("POST", "/containers/{}/rename", this::rename)
        .on("POST", "/containers/{}/update", this::update)
        .on("POST", "/containers/{}/resize", call -> requireThen200(call))
        .on("GET", "/containers/{}/top", this::top)
        .on("DELETE", "/containers/{}", this::remove);
  }

  private Container of(Call call) {
    return host.containers().require(call.name());
  }

  private void list(Call call, ContainerJson json) throws IOException {
    Filters filters = Filters.of(call);
    boolean all = call.flag("all") || filters.isSet("status");
    String limit = call.parameter("limit");
    long most = limit.matches("[1-9]\\d*") ? Long.parseLong(limit) : Long.MAX_VALUE;
    ArrayNode list = Json.array();
    host.containers().all().stream()
        .filter(container -> all || container.snapshot().alive())
        .filter(fits(filters))
        .limit(most)
        .forEach(container -> list.add(json.line(container)));
    call.ok(list);
  }

  private static Predicate<Container> fits(Filters filters) {
    return container ->
        // As the engine does: the name is a regular expression, with or without the slash.
        (filters.allows("name", container.name(), ContainerCalls::named)
                || filters.allows("name", "/" + container.name(), ContainerCalls::named))
            && filters.allows("id", container.id(), String::startsWith)
            && filters.allows("status", container.snapshot().status().word())
            && filters.allows("ancestor", container.settings().image())
            && filters.allows("volume", "", (none, volume) -> mounts(container, volume))
            && filters.allowsLabels(container.settings().labels());
  }

  private static boolean named(String name, String pattern) {
    try {
      return java.util.regex.Pattern.compile(pattern).matcher(name).find();
    } catch (java.util.regex.PatternSyntaxException e) {
      return name.contains(pattern);
    }
  }

  private static boolean mounts(Container container, String volume) {
    return container.mounts().mounts().stream()
        .anyMatch(mount -> mount.volume().equals(volume) || mount.destination().equals(volume));
  }

  private void create(Call call) throws IOException {
    Container container = host.create(call.parameter("name"), call.json());
    ObjectNode answer = Json.object().put("Id", container.id());
    answer.putArray("Warnings");
    call.json(201, answer);
  }

  private void restart(Call call) throws IOException {
    host.restart(of(call));
    call.done(true);
  }

  private void kill(Call call) throws IOException {
    String signal = call.parameter("signal");
    if (List.of("HUP", "SIGHUP", "USR1", "SIGUSR1", "0").contains(signal)) {
      // Programs take these for a request to look at their configuration again.
      of(call);
    } else {
      host.kill(of(call));
    }
    call.done(true);
  }

  private void rename(Call call) throws IOException {
    host.rename(of(call), call.parameter("name"));
    call.done(true);
  }

  private void update(Call call) throws IOException {
    Container container = of(call);
    container.settings().host().setAll(call.json());
    ObjectNode answer = Json.object();
    answer.putNull("Warnings");
    call.ok(answer);
  }

  private void requireThen200(Call call) throws IOException {
    of(call);
    call.send(200, "text/plain", new byte[0], java.util.Map.of());
  }

  private void top(Call call) throws IOException {
    Container container = of(call);
    if (container.process() == null) {
      throw EngineRefusal.notRunning(host.machine().facts().engine(), container);
    }
    ObjectNode answer = Json.object();
    answer.set("Titles", Json.array(List.of("UID", "PID", "PPID", "CMD")));
    answer
        .putArray("Processes")
        .add(
            Json.array(
                List.of(
                    "root",
                    Integer.toString(ContainerJson.pid(container)),
                    "1",
                    String.join(" ", container.settings().arguments()))));
    call.ok(answer);
  }

  private void remove(Call call) throws IOException {
    host.remove(call.name(), call.flag("force"), call.flag("v"));
    call.done(true);
  }
}
