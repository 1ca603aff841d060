package io.rke4j.core.builtin.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.runtime.ImageUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullRefusalTest {

  private static final ImageRef IMAGE = new ImageRef("rancher/rke-tools:v1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Get \"https://registry/v2/\": net/http: TLS handshake timeout",
        "Get \"https://registry/v2/\": dial tcp 10.0.0.1:443: connect: connection refused",
        "received unexpected HTTP status: 503 Service Unavailable",
        "toomanyrequests: slow down"
      })
  void whatMayPassIsTriedAgain(String words) {
    assertThat(PullRefusal.of(IMAGE, "host", words).isTransient()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest for rancher/rke-tools:v1 not found: manifest unknown",
        "pull access denied for rancher/rke-tools, repository does not exist",
        "unauthorized: authentication required",
        "write /var/lib/docker/tmp/x: no space left on device"
      })
  void whatStaysIsNot(String words) {
    assertThat(PullRefusal.of(IMAGE, "host", words).isTransient()).isFalse();
  }

  @Test
  void theEnginesOwnWordsAreShown() {
    ImageUnavailableException failure =
        PullRefusal.of(
            IMAGE,
            "host",
            new InternalServerErrorException("{\"message\":\"read: connection reset by peer\"}"));
    assertThat(failure.isTransient()).isTrue();
    assertThat(failure)
        .hasMessageStartingWith(
            "cannot pull rancher/rke-tools:v1 on host: read: connection reset by peer");
  }

  @Test
  void missingImageIsNeverTriedAgain() {
    assertThat(
            PullRefusal.of(IMAGE, "host", new NotFoundException("{\"message\":\"timeout\"}"))
                .isTransient())
        .isFalse();
  }
}
