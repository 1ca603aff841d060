package io.rke4j.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.container.Registries;
import io.rke4j.testkit.engine.EngineClient.Answer;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerApiTest {

  private static final String IMAGE = "rancher/rke-tools:v0.1.80";

  private SimulatedFleet fleet;
  private EngineClient engine;

  @BeforeEach
  void start() throws InterruptedException {
    fleet = SimulatedFleet.of(1);
    engine = EngineClient.of(fleet.host(0));
    assertThat(
            engine.post("/v1.41/images/create?fromImage=rancher/rke-tools&tag=v0.1.80", "").text())
        .contains("Pull complete", "Downloaded newer image for " + IMAGE);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private Answer create(String name, String more) throws InterruptedException {
    return engine.post(
        "/v1.41/containers/create?name=" + name, "{\"Image\":\"" + IMAGE + "\"" + more + "}");
  }

  @Test
  void whatIsNotThereIsNotFound() throws InterruptedException {
    Answer answer = engine.get("/v1.41/containers/nobody/json");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("{\"message\":\"No such container: nobody\"}");
    assertThat(engine.get("/v1.41/nonsense").text()).isEqualTo("{\"message\":\"page not found\"}");
    Answer noImage = engine.post("/v1.41/containers/create", "{\"Image\":\"absent:1\"}");
    assertThat(noImage.status()).isEqualTo(404);
    assertThat(noImage.text()).contains("No such image: absent:1");
  }

  @Test
  void aVersionThatIsTooNewIsRefused() throws InterruptedException {
    Answer answer = engine.get("/v1.50/version");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("too new. Maximum supported API version is 1.41");
    assertThat(engine.get("/_ping").head()).contains("Api-Version: 1.41");
  }

  @Test
  void aNameIsGivenOnceAndStartingTwiceChangesNothing() throws InterruptedException {
    assertThat(create("main", "").status()).isEqualTo(201);
    Answer second = create("main", "");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text()).contains("The container name \\\"/main\\\" is already in use");
    create("server", ",\"Cmd\":[\"sleep\",\"60\"]");
    assertThat(engine.post("/v1.41/containers/server/start", "").status()).isEqualTo(204);
    assertThat(engine.post("/v1.41/containers/server/start", "").status()).isEqualTo(304);
    assertThat(engine.send("DELETE", "/v1.41/containers/server", "").status()).isEqualTo(409);
    assertThat(engine.post("/v1.41/containers/server/stop", "").status()).isEqualTo(204);
    assertThat(engine.post("/v1.41/containers/server/stop", "").status()).isEqualTo(304);
    assertThat(engine.send("DELETE", "/v1.41/containers/server", "").status()).isEqualTo(204);
  }

  @Test
  void outputComesInFramesAndTheExitCodeByWaiting() throws InterruptedException {
    create("main", ",\"Cmd\":[\"cat\",\"/etc/hostname\",\"/none\"],\"Hostname\":\"inside\"");
    engine.post("/v1.41/containers/main/start", "");
    assertThat(engine.post("/v1.41/containers/main/wait", "").text())
        .contains("{\"StatusCode\":1}");
    // The size of the chunk, then the stream, the length, and the text.
    assertThat(engine.get("/v1.41/containers/main/logs?stdout=1").bytes())
        .startsWith("f\r\n\u0001\0\0\0\0\0\0\u0007inside\n");
    assertThat(engine.get("/v1.41/containers/main/logs?stderr=1&tail=1").text())
        .contains("cat: /none: No such file or directory")
        .doesNotContain("inside");
  }

  @Test
  void programsRunBesideTheContainersOwn() throws InterruptedException {
    create("main", ",\"Cmd\":[\"sleep\",\"60\"],\"Env\":[\"A=b\"]");
    engine.post("/v1.41/containers/main/start", "");
    String made = engine.post("/v1.41/containers/main/exec", "{\"Cmd\":[\"env\"]}").text();
    String id = made.replaceAll(".*\"Id\":\"([0-9a-f]+)\".*", "$1");
    assertThat(engine.post("/v1.41/exec/" + id + "/start", "{}").text()).contains("A=b\n");
    assertThat(engine.get("/v1.41/exec/" + id + "/json").text()).contains("\"ExitCode\":0");
    String unknown = engine.post("/v1.41/containers/main/exec", "{\"Cmd\":[\"reboot\"]}").text();
    String other = unknown.replaceAll(".*\"Id\":\"([0-9a-f]+)\".*", "$1");
    assertThat(engine.post("/v1.41/exec/" + other + "/start", "{}").text()).contains("not found");
    assertThat(engine.get("/v1.41/exec/" + other + "/json").text()).contains("\"ExitCode\":127");
  }

  @Test
  void registriesThatAskForALoginGetIt() throws InterruptedException {
    fleet.registries().protect("registry.example.com", new Registries.Login("me", "marker"));
    String pull = "/v1.41/images/create?fromImage=registry.example.com/a/b&tag=1";
    Answer without = engine.post(pull, "");
    assertThat(without.status()).isEqualTo(500);
    assertThat(without.text()).contains("no basic auth credentials");
    String login =
        Base64.getUrlEncoder()
            .encodeToString(
                "{\"username\":\"me\",\"password\":\"marker\"}"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Answer with =
        engine.raw(
            "POST "
                + pull
                + " HTTP/1.1\r\nConnection: close\r\nX-Registry-Auth: "
                + login
                + "\r\n\r\n");
    assertThat(with.status()).isEqualTo(200);
    assertThat(with.text()).doesNotContain("marker");
  }

  @Test
  void aBodyMayComeInChunks() throws InterruptedException {
    String body = "{\"Image\":\"" + IMAGE + "\"}";
    Answer answer =
        engine.raw(
            "POST /v1.41/containers/create?name=chunked HTTP/1.1\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n5\r\n"
                + body.substring(0, 5)
                + "\r\n"
                + Integer.toHexString(body.length() - 5)
                + "\r\n"
                + body.substring(5)
                + "\r\n0\r\n\r\n");
    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  void listsAreFiltered() throws InterruptedException {
    create("one", ",\"Labels\":{\"a\":\"1\"}");
    create("two", ",\"Labels\":{\"a\":\"2\"}");
    String all = engine.get("/v1.41/containers/json?all=1").text();
    assertThat(all).contains("/one", "/two");
    assertThat(engine.get("/v1.41/containers/json").text()).isEqualTo("[]");
    String filter = "%7B%22label%22%3A%5B%22a%3D2%22%5D%7D";
    assertThat(engine.get("/v1.41/containers/json?all=1&filters=" + filter).text())
        .contains("/two")
        .doesNotContain("/one");
  }

  @Test
  void aVolumeInUseStays() throws InterruptedException {
    engine.post("/v1.41/volumes/create", "{\"Name\":\"data\"}");
    create("main", ",\"HostConfig\":{\"Binds\":[\"data:/data\"]}");
    assertThat(engine.send("DELETE", "/v1.41/volumes/data", "").status()).isEqualTo(409);
    engine.send("DELETE", "/v1.41/containers/main", "");
    assertThat(engine.send("DELETE", "/v1.41/volumes/data", "").status()).isEqualTo(204);
    assertThat(engine.get("/v1.41/volumes/data").status()).isEqualTo(404);
  }
}
