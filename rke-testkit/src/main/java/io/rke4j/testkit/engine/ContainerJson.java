package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.Container;
import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.Json;
import io.rke4j.testkit.container.MountTable.Mount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Containers as the engine shows them. */
record ContainerJson(DockerHost host) {

  private static final String NEVER = "0001-01-01T00:00:00Z";

  /** All that is known of one. */
  ObjectNode whole(Container container) {
    Container.Snapshot now = container.snapshot();
    List<String> words = container.settings().arguments();
    ObjectNode json =
        Json.object()
            .put("Id", container.id())
            .put("Created", container.created().toString())
            .put("Path", words.isEmpty() ? "" : words.get(0))
            .put("Image", container.image().id())
            .put("Name", "/" + now.name())
            .put("RestartCount", now.restarts())
            .put("Driver", "overlay2")
            .put("Platform", "linux")
            .put("LogPath", now.started().equals(Instant.EPOCH) ? "" : container.logPath())
            .put("MountLabel", "")
            .put("ProcessLabel", "")
            .put("AppArmorProfile", "docker-default")
            .put("ResolvConfPath", "")
            .put("HostnamePath", "")
            .put("HostsPath", "");
    json.set("Args", Json.array(words.subList(Math.min(1, words.size()), words.size())));
    json.set("State", state(container, now));
    json.set("HostConfig", container.settings().host());
    json.set("Config", container.settings().config());
    json.set("Mounts", mounts(container));
    json.set("NetworkSettings", network(container, now));
    json.putObject("GraphDriver")
        .put("Name", "overlay2")
        .putObject("Data")
        .put("MergedDir", container.mounts().root());
    json.putNull("ExecIDs");
    return json;
  }

  private static ObjectNode state(Container container, Container.Snapshot now) {
    ContainerProcess process = container.process();
    return Json.object()
        .put("Status", now.status().word())
        .put("Running", now.alive())
        .put("Paused", false)
        .put("Restarting", now.status() == Container.Status.RESTARTING)
        .put("OOMKilled", false)
        .put("Dead", false)
        .put("Pid", process == null ? 0 : pid(container))
        .put("ExitCode", now.exitCode())
        .put("Error", now.error())
        .put("StartedAt", time(now.started()))
        .put("FinishedAt", time(now.finished()));
  }

  static int pid(Container container) {
    return 1000 + Math.floorMod(container.id().hashCode(), 30_000);
  }

  private static String time(Instant instant) {
    return instant.equals(Instant.EPOCH) ? NEVER : instant.toString();
  }

  private static ArrayNode mounts(Container container) {
    ArrayNode mounts = Json.array();
    for (Mount mount : container.mounts().mounts()) {
      ObjectNode json = mounts.addObject().put("Type", mount.type());
      if (!mount.volume().isEmpty()) {
        json.put("Name", mount.volume()).put("Driver", "local");
      }
      json.put("Source", mount.source())
          .put("Destination", mount.destination())
          .put("Mode", mount.mode())
          .put("RW", mount.writable())
          .put("Propagation", mount.volume().isEmpty() ? "rprivate" : "");
    }
    return mounts;
  }

  private ObjectNode network(Container container, Container.Snapshot now) {
    String mode = container.settings().networkMode();
    String name = mode.equals("default") ? "bridge" : mode;
    boolean bridged = name.equals("bridge") && now.alive();
    ObjectNode json =
        Json.object()
            .put("Bridge", "")
            .put("SandboxID", "")
            .put("IPAddress", bridged ? "172.17.0.2" : "")
            .put("Gateway", bridged ? "172.17.0.1" : "")
            .put("MacAddress", "");
    ObjectNode ports = json.putObject("Ports");
    if (now.alive()) {
      container
          .settings()
          .publishedPorts()
          .forEach(
              (inside, outside) -> {
                ArrayNode bindings = ports.putArray(inside + "/tcp");
                outside.forEach(
                    port ->
                        bindings
                            .addObject()
                            .put("HostIp", "0.0.0.0")
                            .put("HostPort", Integer.toString(port)));
              });
    }
    json.putObject("Networks")
        .putObject(name)
        .put("NetworkID", "")
        .put("EndpointID", "")
        .put("IPAddress", bridged ? "172.17.0.2" : "")
        .put("Gateway", bridged ? "172.17.0.1" : "");
    return json;
  }

  /** One line of the list. */
  ObjectNode line(Container container) {
    Container.Snapshot now = container.snapshot();
    ObjectNode json =
        Json.object()
            .put("Id", container.id())
            .put("Image", container.settings().image())
            .put("ImageID", container.image().id())
            .put("Command", String.join(" ", container.settings().arguments()))
            .put("Created", container.created().getEpochSecond())
            .put("State", now.status().word())
            .put("Status", words(now));
    json.set("Names", Json.array(List.of("/" + now.name())));
    json.set("Labels", Json.object(container.settings().labels()));
    json.putObject("HostConfig").put("NetworkMode", container.settings().networkMode());
    json.set("Mounts", mounts(container));
    json.putObject("NetworkSettings").putObject("Networks");
    ArrayNode ports = json.putArray("Ports");
    if (now.alive()) {
      for (Map.Entry<Integer, List<Integer>> entry :
          container.settings().publishedPorts().entrySet()) {
        for (int port : entry.getValue()) {
          ports
              .addObject()
              .put("IP", "0.0.0.0")
              .put("PrivatePort", entry.getKey())
              .put("PublicPort", port)
              .put("Type", "tcp");
        }
      }
    }
    return json;
  }

  private String words(Container.Snapshot now) {
    return switch (now.status()) {
      case CREATED -> "Created";
      case RUNNING -> "Up " + since(now.started());
      case RESTARTING -> "Restarting (" + now.exitCode() + ") " + since(now.finished()) + " ago";
      case EXITED -> "Exited (" + now.exitCode() + ") " + since(now.finished()) + " ago";
    };
  }

  private String since(Instant then) {
    long seconds =
        Math.max(0, Duration.between(then, host.machine().clock().instant()).toSeconds());
    return seconds < 60 ? seconds + " seconds" : seconds / 60 + " minutes";
  }
}
