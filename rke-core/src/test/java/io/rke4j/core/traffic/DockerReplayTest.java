package io.rke4j.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.behaviour.Program;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A simulated engine answers as a real one did. What was recorded on a host of the lab while a
 * cluster was built is asked again: the same statuses, and the same fields that the library reads.
 */
@Timeout(240)
class DockerReplayTest {

  private static final String RECORDING = "docker-20.10.jsonl";

  /** What they do is not asked here, and their certificates are not in the recording. */
  private static final List<String> SERVERS =
      List.of(
          "etcd",
          "etcd-rolling-snapshots",
          "kube-apiserver",
          "kube-controller-manager",
          "kube-scheduler",
          "kubelet",
          "kube-proxy");

  @Test
  void everyRequestOfAProvisioningIsAnsweredAsByTheRealEngine() throws Exception {
    SimulatedFleet.Builder hosts = SimulatedFleet.builder().engine("20.10.24+dfsg1");
    SERVERS.forEach(name -> hosts.behaviour(name, new Program()));
    try (SimulatedFleet fleet = hosts.start()) {
      Recording recording = Recording.read(RECORDING, fleet.host(0).address());
      assertThat(recording.exchanges()).hasSizeGreaterThan(100);
      recording.exchanges().forEach(exchange -> describe(fleet, exchange));
      try (Replay replay = new Replay(fleet)) {
        for (Exchange exchange : recording.exchanges()) {
          replay.ask(exchange);
        }
        assertThat(replay.differences()).isEmpty();
      }
    }
  }

  /** The images of the lab are its own; what they bring to containers is in the recording. */
  private static void describe(SimulatedFleet fleet, Exchange exchange) {
    JsonNode config = exchange.answer().path("Config");
    String place = URLDecoder.decode(exchange.place(), StandardCharsets.UTF_8);
    if (place.matches("/images/.+:.+/json") && config instanceof ObjectNode object) {
      fleet.registries().describe(place.replaceFirst("/images/(.+)/json", "$1"), object);
    }
  }
}
