package io.rke4j.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.engine.EngineClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that is full until somebody makes room, as engines tell of it. */
class FullDiskTest {

  private static final String PULL = "/images/create?fromImage=rancher/rke-tools&tag=v0.1.80";
  private static final String OTHER = "/images/create?fromImage=rancher/hyperkube&tag=v1";
  private static final String CREATE = "/containers/create?name=";
  private static final String REQUEST =
      "{\"Image\":\"rancher/rke-tools:v0.1.80\",\"Cmd\":[\"sleep\",\"60\"]}";

  private SimulatedFleet fleet = SimulatedFleet.of(1);
  private SimulatedHost host = fleet.host(0);
  private EngineClient engine = EngineClient.of(host);

  @AfterEach
  void close() {
    fleet.close();
  }

  private void use(String release) {
    fleet.close();
    fleet = SimulatedFleet.builder().engine(release).start();
    host = fleet.host(0);
    engine = EngineClient.of(host);
  }

  private void begin(String container) throws InterruptedException {
    assertThat(engine.post(PULL, "").text()).contains("Pull complete");
    assertThat(engine.post(CREATE + container, REQUEST).status()).isEqualTo(201);
  }

  private void refuses(Answer answer, String words) {
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).matches("\\{\"message\":\"" + words + "\"}");
  }

  @Test
  void aPullBreaksOffInTheMiddleWithAStatusThatSaidAllWasWell() throws InterruptedException {
    host.fillDisk();
    Answer answer = engine.post(PULL, "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"status\":\"Downloading\"")
        .containsPattern(
            "\"errorDetail\":\\{\"message\":\"write /var/lib/docker/tmp/GetImageBlob\\d+: no space"
                + " left on device\"},\"error\":\"write ")
        .doesNotContain("Pull complete");
    assertThat(engine.get("/images/rancher/rke-tools:v0.1.80/json").status()).isEqualTo(404);
  }

  @Test
  void nothingIsCreatedStartedOrRenamedUntilThereIsRoom() throws InterruptedException {
    begin("main");
    host.fillDisk();

    refuses(
        engine.post(CREATE + "other", REQUEST),
        "mkdir /var/lib/docker/overlay2/[0-9a-f]{64}-init: no space left on device");
    refuses(
        engine.post("/containers/main/start", ""),
        "write /var/lib/docker/containers/[0-9a-f]{64}/.tmp-hostconfig.json\\d+: no space left on"
            + " device");
    refuses(
        engine.post("/containers/main/rename?name=old", ""),
        "write /var/lib/docker/containers/[0-9a-f]{64}/.tmp-config.v2.json\\d+: no space left on"
            + " device");
    assertThat(engine.post(PULL, "").text()).contains("Image is up to date");
    assertThat(engine.post("/volumes/create", "{\"Name\":\"a\"}").status()).isEqualTo(500);
    assertThat(host.docker().containers().find("other")).isEmpty();

    host.freeDisk();
    assertThat(engine.post("/containers/main/start", "").status()).isEqualTo(204);
    assertThat(engine.post("/containers/main/rename?name=old", "").status()).isEqualTo(204);
    assertThat(engine.post(OTHER, "").text()).contains("Pull complete");
  }

  @Test
  void whatRunsGoesOnAndMayBeRemoved() throws InterruptedException {
    begin("main");
    engine.post("/containers/main/start", "");
    host.fillDisk();
    assertThat(engine.get("/containers/main/json").text()).contains("\"Running\":true");
    assertThat(engine.post("/containers/main/stop", "").status()).isEqualTo(204);
    assertThat(engine.send("DELETE", "/containers/main", "").status()).isEqualTo(204);
  }

  @Test
  void anEngineThatRestartsGoesOnWithoutWhatItCannotStart() throws InterruptedException {
    assertThat(engine.post(PULL, "").text()).contains("Pull complete");
    String always = ",\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"always\"}}}";
    engine.post(CREATE + "main", REQUEST.replaceFirst("}$", "") + always);
    engine.post("/containers/main/start", "");
    host.fillDisk();
    host.stopDocker();
    host.startDocker();
    assertThat(engine.get("/containers/main/json").text())
        .contains("\"Running\":false", "no space left on device");
  }

  @ParameterizedTest
  @CsvSource({
    "20.10.24, Error processing tar file\\(exit status 1\\): write /etc/a.pem: no space left on"
        + " device",
    "28.5.1, write /etc/a.pem: no space left on device"
  })
  void filesThatFindNoRoomAreNamed(String release, String words) throws Exception {
    use(release);
    begin("main");
    host.fillDisk();
    Answer answer =
        engine.raw(
            "PUT /containers/main/archive?path=/ HTTP/1.1\r\nConnection: close\r\nContent-Length: "
                + archive().length()
                + "\r\n\r\n"
                + archive());
    refuses(answer, words);
    host.freeDisk();
    assertThat(engine.get("/containers/main/archive?path=/etc/a.pem").status()).isEqualTo(404);
  }

  private static String archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.putArchiveEntry(new TarArchiveEntry("etc/"));
      tar.closeArchiveEntry();
      TarArchiveEntry file = new TarArchiveEntry("etc/a.pem");
      file.setSize(1);
      tar.putArchiveEntry(file);
      tar.write('a');
      tar.closeArchiveEntry();
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }
}
