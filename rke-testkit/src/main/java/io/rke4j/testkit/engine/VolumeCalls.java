package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.container.Ids;
import io.rke4j.testkit.container.Json;
import io.rke4j.testkit.container.Volumes.Volume;
import java.io.IOException;
import java.util.List;

/** Volumes. */
record VolumeCalls(DockerHost host) {

  void addTo(Router router) {
    router
        .on("GET", "/volumes", this::list)
        .on("POST", "/volumes/create", this::create)
        .on("GET", "/volumes/{}", call -> call.ok(json(require(call))))
        .on("DELETE", "/volumes/{}", this::remove);
  }

  private Volume require(Call call) {
    return host.volumes()
        .find(call.name())
        .orElseThrow(() -> EngineRefusal.notFound("get " + call.name() + ": no such volume"));
  }

  private void list(Call call) throws IOException {
    Filters filters = Filters.of(call);
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("Volumes");
    host.volumes().all().values().stream()
        .filter(volume -> filters.allows("name", volume.name(), String::contains))
        .filter(volume -> filters.allowsLabels(volume.labels()))
        .forEach(volume -> list.add(json(volume)));
    answer.putNull("Warnings");
    call.ok(answer);
  }

  private void create(Call call) throws IOException {
    ObjectNode request = call.json();
    String name = request.path("Name").asText("");
    EngineRefusal.requireRoom(
        host.machine(), "create " + name + ": mkdir /var/lib/docker/volumes/" + name);
    call.json(
        201,
        json(
            host.volumes()
                .ensure(name.isEmpty() ? Ids.fresh() : name, Json.texts(request.path("Labels")))));
  }

  private static ObjectNode json(Volume volume) {
    ObjectNode json =
        Json.object()
            .put("Name", volume.name())
            .put("Driver", "local")
            .put("Mountpoint", volume.folder())
            .put("CreatedAt", volume.created().toString())
            .put("Scope", "local");
    json.set("Labels", Json.object(volume.labels()));
    json.putNull("Options");
    return json;
  }

  private void remove(Call call) throws IOException {
    Volume volume = require(call);
    List<String> users =
        host.containers().all().stream()
            .filter(
                container ->
                    container.mounts().mounts().stream()
                        .anyMatch(mount -> mount.volume().equals(volume.name())))
            .map(container -> container.id())
            .toList();
    if (!users.isEmpty()) {
      throw EngineRefusal.conflict(
          "remove " + volume.name() + ": volume is in use - [" + String.join(", ", users) + "]");
    }
    host.volumes().remove(volume.name());
    call.done(true);
  }
}
