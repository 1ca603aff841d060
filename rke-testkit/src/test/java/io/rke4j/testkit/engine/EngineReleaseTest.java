package io.rke4j.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.engine.EngineClient.Answer;
import io.rke4j.testkit.host.EngineRelease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see of the release of an engine: seen of a real 20.10, documented of 28. */
class EngineReleaseTest {

  private static final String IMAGE = "rancher/rke-tools:v0.1.80";

  private SimulatedFleet fleet = SimulatedFleet.of(1);
  private EngineClient engine = client(fleet);

  private static EngineClient client(SimulatedFleet fleet) {
    return EngineClient.of(fleet.host(0));
  }

  private void start(String version) throws InterruptedException {
    fleet.close();
    fleet = SimulatedFleet.builder().engine(version).start();
    engine = client(fleet);
    engine.post("/images/create?fromImage=rancher/rke-tools&tag=v0.1.80", "");
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  @ParameterizedTest
  @CsvSource({
    "19.03.15, 1.40, 1.12",
    "20.10.24+dfsg1, 1.41, 1.12",
    "23.0.6, 1.42, 1.12",
    "24.0.9, 1.43, 1.12",
    "25.0.5, 1.44, 1.24",
    "27.1.1, 1.46, 1.24",
    "27.5.1, 1.47, 1.24",
    "28.2.2, 1.50, 1.24",
    "28.5.1, 1.51, 1.24",
    "29.0.0, 1.52, 1.44"
  })
  void everyReleaseSpeaksItsVersionsOfTheApi(String version, String newest, String oldest) {
    EngineRelease release = EngineRelease.of(version);
    assertThat(release.api()).isEqualTo(newest);
    assertThat(release.minApi()).isEqualTo(oldest);
    assertThat(release).hasToString(version);
  }

  @Test
  void whatIsNoVersionIsRefused() {
    assertThatThrownBy(() -> EngineRelease.of("newest"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("newest");
  }

  @ParameterizedTest
  @CsvSource({"20.10.24, 1.41, 1.12, false", "28.5.1, 1.51, 1.24, true"})
  void itSaysWhichVersionsItSpeaks(String version, String newest, String oldest, boolean more)
      throws InterruptedException {
    start(version);
    Answer ping = engine.send("HEAD", "/_ping", "");
    assertThat(ping.head())
        .contains("Api-Version: " + newest, "Server: Docker/" + version, "Content-Length: 0");
    assertThat(ping.head().contains("Builder-Version: 2")).isEqualTo(more);
    assertThat(ping.head().contains("Swarm: inactive")).isEqualTo(more);
    assertThat(engine.get("/version").text())
        .contains("\"Version\":\"" + version, "\"MinAPIVersion\":\"" + oldest);
    assertThat(engine.get("/v1.60/info").text())
        .contains("too new. Maximum supported API version is " + newest);
    // Clients of that time read plain text.
    Answer old = engine.get("/v1.11/info");
    assertThat(old.status()).isEqualTo(400);
    assertThat(old.head()).contains("text/plain");
    assertThat(old.text()).contains("too old. Minimum supported API version is " + oldest);
  }

  @Test
  void fieldsGoWithTheVersionThatTheClientSpeaksNotWithTheEngines() throws InterruptedException {
    start("28.5.1");
    String path = "/images/" + IMAGE + "/json";
    assertThat(engine.get("/v1.41" + path).text()).contains("VirtualSize", "ContainerConfig");
    assertThat(engine.get("/v1.44" + path).text())
        .contains("ContainerConfig")
        .doesNotContain("VirtualSize");
    assertThat(engine.get("/v1.51" + path).text())
        .contains("\"Config\"")
        .doesNotContain("VirtualSize", "ContainerConfig");
    assertThat(engine.get("/v1.41/images/json").text()).contains("VirtualSize");
    assertThat(engine.get("/images/json").text()).doesNotContain("VirtualSize");
    assertThat(engine.get("/info").text())
        .contains("FirewallBackend", "Containerd", "\"ServerVersion\":\"28.5.1\"")
        .doesNotContain("KernelMemory", "BridgeNfIptables");
  }

  @Test
  void theOlderOneHasFieldsThatTheNewerHasNot() throws InterruptedException {
    start("20.10.24");
    assertThat(engine.get("/info").text())
        .contains("KernelMemory", "BridgeNfIptables")
        .doesNotContain("FirewallBackend", "CDISpecDirs");
    assertThat(engine.get("/images/" + IMAGE + "/json").text())
        .contains("VirtualSize", "ContainerConfig");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20.10.24|You cannot remove a running container ID. Stop the container before attempting"
            + " removal or force remove|Cannot kill container: two: Container ID is not running"
            + "|no such image: a:1: No such image: a:1|raw-stream",
        "28.5.1|cannot remove container \\\"one\\\": container is running: stop the container"
            + " before removing or force remove|cannot kill container: two: container ID is not"
            + " running|No such image: a:1|multiplexed-stream"
      })
  void itRefusesInItsOwnWords(
      String version, String removal, String killing, String image, String logs)
      throws InterruptedException {
    start(version);
    String running = "{\"Image\":\"" + IMAGE + "\",\"Cmd\":[\"sleep\",\"60\"]}";
    engine.post("/containers/create?name=one", running);
    engine.post("/containers/one/start", "");
    engine.post("/containers/create?name=two", running);
    assertThat(words(engine.send("DELETE", "/containers/one", ""), 409)).isEqualTo(removal);
    assertThat(words(engine.post("/containers/two/kill", ""), 409)).isEqualTo(killing);
    assertThat(words(engine.get("/images/a:1/json"), 404)).isEqualTo(image);
    assertThat(engine.get("/containers/one/logs?stdout=1").head()).contains(logs);
    assertThat(words(engine.post("/containers/create", "{\"Image\":\"a:1\"}"), 404))
        .isEqualTo("No such image: a:1");
  }

  /** The message of a refusal, with identifiers taken out. */
  private static String words(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    return answer
        .text()
        .replaceAll("^\\{\"message\":\"(.*)\"}$", "$1")
        .replaceAll("[0-9a-f]{64}", "ID");
  }

  @ParameterizedTest
  @CsvSource({
    "20.10.24, listen tcp4 0.0.0.0:8080: bind: address already in use",
    "28.5.1, failed to bind host port for 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use"
  })
  void aPortThatIsTakenIsRefused(String version, String words) throws Exception {
    start(version);
    fleet.host(0).docker().machine().listen(8080, connection -> {});
    engine.post(
        "/containers/create?name=web",
        "{\"Image\":\""
            + IMAGE
            + "\",\"HostConfig\":{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"8080\"}]}}}");
    Answer answer = engine.post("/containers/web/start", "");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text())
        .contains("driver failed programming external connectivity on endpoint web", words);
    String second =
        "{\"Image\":\""
            + IMAGE
            + "\",\"Cmd\":[\"sleep\",\"60\"],\"HostConfig\":{\"PortBindings\":"
            + "{\"80/tcp\":[{\"HostPort\":\"9090\"}]}}}";
    engine.post("/containers/create?name=first", second);
    engine.post("/containers/create?name=second", second);
    assertThat(engine.post("/containers/first/start", "").status()).isEqualTo(204);
    assertThat(engine.post("/containers/second/start", "").text())
        .contains("Bind for 0.0.0.0:9090 failed: port is already allocated");
  }
}
