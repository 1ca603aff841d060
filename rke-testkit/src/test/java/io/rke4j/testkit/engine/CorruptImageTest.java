package io.rke4j.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.engine.EngineClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images whose layers are not what their digests say. */
class CorruptImageTest {

  private static final String IMAGE = "rancher/rke-tools:v0.1.80";
  private static final String PULL = "/images/create?fromImage=rancher/rke-tools&tag=v0.1.80";
  private static final String OTHER = "/images/create?fromImage=busybox&tag=1";

  private final SimulatedFleet fleet = SimulatedFleet.of(1);
  private final EngineClient engine = EngineClient.of(fleet.host(0));

  @AfterEach
  void close() {
    fleet.close();
  }

  private void isCorrupt(Answer answer) throws InterruptedException {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"status\":\"Verifying Checksum\"")
        .containsPattern(
            "\\{\"errorDetail\":\\{\"message\":\"filesystem layer verification failed for digest"
                + " sha256:[0-9a-f]{64}\"},\"error\":\"filesystem layer verification failed for"
                + " digest sha256:[0-9a-f]{64}\"}")
        .doesNotContain("Pull complete");
    assertThat(engine.get("/images/" + IMAGE + "/json").status()).isEqualTo(404);
  }

  private static void isWhole(Answer answer) {
    assertThat(answer.text()).contains("Pull complete").doesNotContain("errorDetail");
  }

  @Test
  void onePullIsCorruptAndTheNextIsWhole() throws InterruptedException {
    fleet.registries().corrupt(IMAGE, 1);
    isWhole(engine.post(OTHER, ""));
    isCorrupt(engine.post(PULL, ""));
    isWhole(engine.post(PULL, ""));
  }

  @Test
  void anImageIsCorruptUntilItIsAdmitted() throws InterruptedException {
    fleet.registries().corrupt(IMAGE);
    isCorrupt(engine.post(PULL, ""));
    isCorrupt(engine.post(PULL, ""));
    fleet.registries().admit(IMAGE);
    isWhole(engine.post(PULL, ""));
  }

  @Test
  void theNextPullIsCorruptWhateverTheImageAndWhatIsThereStaysWhole() throws InterruptedException {
    isWhole(engine.post(OTHER, ""));
    fleet.registries().corruptNext(2);
    assertThat(engine.post(OTHER, "").text()).contains("Image is up to date");
    isCorrupt(engine.post(PULL, ""));
    fleet.registries().repair();
    isWhole(engine.post(PULL, ""));
  }
}
