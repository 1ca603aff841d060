package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.Container;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.EngineEvents.Event;
import io.rke4j.testkit.container.Json;
import io.rke4j.testkit.host.EngineRelease;
import io.rke4j.testkit.host.HostFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the engine says of itself and of what happens. */
record SystemCalls(DockerHost host) {

  private static final long KIB = 1024;

  void addTo(Router router) {
    router
        .on("GET", "/_ping", this::ping)
        .on("HEAD", "/_ping", this::ping)
        .on("GET", "/version", call -> call.ok(version()))
        .on("GET", "/info", call -> call.ok(info()))
        .on("GET", "/events", this::events)
        .on("GET", "/system/df", call -> call.ok(diskUsage()))
        .on("POST", "/auth", call -> call.ok(Json.object().put("Status", "Login Succeeded")));
  }

  private void ping(Call call) throws IOException {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("Cache-Control", "no-cache, no-store, must-revalidate");
    more.put("Pragma", "no-cache");
    if (engine().speaks(42)) {
      more.put("Builder-Version", "2");
      more.put("Swarm", "inactive");
    }
    String body = call.request().method().equals("HEAD") ? "" : "OK";
    call.send(200, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), more);
  }

  private EngineRelease engine() {
    return facts().engine();
  }

  private InstantSource clock() {
    return host.machine().clock();
  }

  private HostFacts facts() {
    return host.machine().facts();
  }

  private ObjectNode version() {
    ObjectNode version =
        Json.object()
            .put("Version", engine().version())
            .put("ApiVersion", engine().api())
            .put("MinAPIVersion", engine().minApi())
            .put("GitCommit", "simulated")
            .put("GoVersion", "go1.19")
            .put("Os", "linux")
            .put("Arch", "amd64")
            .put("KernelVersion", facts().kernel())
            .put("BuildTime", "2023-04-04T18:18:00.000000000+00:00");
    version.putObject("Platform").put("Name", "Docker Engine - Community");
    ObjectNode engine = version.putArray("Components").addObject();
    engine.put("Name", "Engine").put("Version", engine().version());
    engine
        .putObject("Details")
        .put("ApiVersion", engine().api())
        .put("MinAPIVersion", engine().minApi())
        .put("Os", "linux")
        .put("Arch", "amd64")
        .put("KernelVersion", facts().kernel());
    return version;
  }

  private ObjectNode info() {
    List<Container> all = host.containers().all();
    long running = all.stream().filter(it -> it.snapshot().alive()).count();
    ObjectNode info =
        Json.object()
            .put("ID", facts().machineId())
            .put("Name", facts().hostname())
            .put("Containers", all.size())
            .put("ContainersRunning", running)
            .put("ContainersPaused", 0)
            .put("ContainersStopped", all.size() - running)
            .put("Images", host.images().all().size())
            .put("ServerVersion", engine().version())
            .put("OperatingSystem", facts().operatingSystem())
            .put("OSType", "linux")
            .put("Architecture", "x86_64")
            .put("KernelVersion", facts().kernel())
            .put("NCPU", facts().processors())
            .put("MemTotal", facts().memoryKib() * KIB)
            .put("DockerRootDir", "/var/lib/docker")
            .put("CgroupDriver", "systemd")
            .put("CgroupVersion", "2")
            .put("Driver", "overlay2")
            .put("LoggingDriver", "json-file")
            .put("DefaultRuntime", "runc")
            .put("IndexServerAddress", "https://index.docker.io/v1/")
            .put("SystemTime", clock().instant().toString())
            .put("LiveRestoreEnabled", false)
            .put("MemoryLimit", true)
            .put("SwapLimit", true)
            .put("IPv4Forwarding", true);
    info.set(
        "SecurityOptions", Json.array(List.of("name=apparmor", "name=seccomp,profile=default")));
    info.putArray("DriverStatus").addArray().add("Backing Filesystem").add("extfs");
    info.putObject("Plugins").set("Volume", Json.array(List.of("local")));
    addByRelease(info);
    info.putObject("Swarm").put("LocalNodeState", "inactive");
    info.putObject("RegistryConfig").putObject("IndexConfigs");
    info.putObject("Runtimes").putObject("runc").put("path", "runc");
    return info;
  }

  /** What came and went between releases. */
  private void addByRelease(ObjectNode info) {
    if (!engine().speaks(42)) {
      info.put("KernelMemory", true).put("KernelMemoryTCP", true);
    }
    if (engine().speaks(44)) {
      info.putArray("CDISpecDirs").add("/etc/cdi").add("/var/run/cdi");
    }
    if (engine().speaks(46)) {
      info.putObject("Containerd").put("Address", "/run/containerd/containerd.sock");
    }
    if (engine().speaks(49)) {
      info.putObject("FirewallBackend").put("Driver", "iptables");
    }
    if (!engine().speaks(50)) {
      info.put("BridgeNfIptables", true).put("BridgeNfIp6tables", true);
    }
  }

  private ObjectNode diskUsage() {
    ObjectNode usage = Json.object().put("LayersSize", 0);
    usage.putArray("Images");
    usage.putArray("Containers");
    usage.putArray("Volumes");
    usage.putArray("BuildCache");
    return usage;
  }

  private void events(Call call) throws IOException {
    Filters filters = Filters.of(call);
    Feed<Event> feed = new Feed<>();
    Consumer<Event> listener = feed::add;
    Instant since = seconds(call.parameter("since"), clock().instant());
    Instant until = seconds(call.parameter("until"), Instant.MAX);
    host.events().last().stream().filter(it -> !it.at().isBefore(since)).forEach(feed::add);
    if (until.isAfter(clock().instant())) {
      host.events().listen(listener);
      call.connection().whenBroken(feed::end);
    } else {
      feed.end();
    }
    try (OutputStream out = call.stream("application/json")) {
      feed.drain(
          event -> {
            if (filters.allows("type", event.type())
                && filters.allows("event", event.action())
                && (filters.allows("container", event.id())
                    || filters.allows("container", event.attributes().getOrDefault("name", "")))) {
              out.write(Json.bytes(json(event)));
              out.write('\n');
            }
          });
    } finally {
      host.events().leave(listener);
    }
  }

  private static Instant seconds(String text, Instant otherwise) {
    return text.matches("\\d+(\\.\\d*)?")
        ? Instant.ofEpochSecond(Long.parseLong(text.replaceFirst("\\..*", "")))
        : otherwise;
  }

  private static ObjectNode json(Event event) {
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, event.at());
    ObjectNode json =
        Json.object()
            .put("status", event.action())
            .put("id", event.id())
            .put("from", event.attributes().getOrDefault("image", ""))
            .put("Type", event.type())
            .put("Action", event.action())
            .put("scope", "local")
            .put("time", event.at().getEpochSecond())
            .put("timeNano", nanos);
    json.putObject("Actor")
        .put("ID", event.id())
        .set("Attributes", Json.object(event.attributes()));
    return json;
  }
}
