package io.rke4j.testkit.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.container.Json;
import io.rke4j.testkit.container.Networks;
import io.rke4j.testkit.container.Networks.Network;
import java.io.IOException;
import java.util.Map;

/** Networks, by name only: packets of containers go nowhere. */
record NetworkCalls(Networks networks) {

  void addTo(Router router) {
    router
        .on("GET", "/networks", this::list)
        .on("POST", "/networks/create", this::create)
        .on("POST", "/networks/{}/connect", call -> found(call))
        .on("POST", "/networks/{}/disconnect", call -> found(call))
        .on("GET", "/networks/{}", call -> call.ok(json(networks.require(call.name()))))
        .on("DELETE", "/networks/{}", this::remove);
  }

  private void list(Call call) throws IOException {
    Filters filters = Filters.of(call);
    ArrayNode list = Json.array();
    networks.all().stream()
        .filter(network -> filters.allows("name", network.name(), String::contains))
        .filter(network -> filters.allows("driver", network.driver()))
        .forEach(network -> list.add(json(network)));
    call.ok(list);
  }

  private static ObjectNode json(Network network) {
    ObjectNode json =
        Json.object()
            .put("Name", network.name())
            .put("Id", network.id())
            .put("Created", network.created().toString())
            .put("Scope", "local")
            .put("Driver", network.driver())
            .put("EnableIPv6", false)
            .put("Internal", false)
            .put("Attachable", false)
            .put("Ingress", false);
    json.putObject("IPAM").put("Driver", "default").putArray("Config");
    json.putObject("Containers");
    json.putObject("Options");
    json.putObject("Labels");
    return json;
  }

  private void create(Call call) throws IOException {
    ObjectNode request = call.json();
    Network network =
        networks.create(request.path("Name").asText(""), request.path("Driver").asText("bridge"));
    call.json(201, Json.object().put("Id", network.id()).put("Warning", ""));
  }

  private void found(Call call) throws IOException {
    networks.require(call.name());
    call.send(200, "text/plain", new byte[0], Map.of());
  }

  private void remove(Call call) throws IOException {
    Network network = networks.require(call.name());
    if (Networks.BUILT_IN.contains(network.name())) {
      throw EngineRefusal.conflict(
          network.name() + " is a pre-defined network and cannot be removed");
    }
    networks.remove(network);
    call.done(true);
  }
}
