package io.rke4j.core.builtin.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.runtime.DiskFullException;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.spi.runtime.RegistryException;
import io.rke4j.spi.runtime.RegistryException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PullRefusalTest {

  private static final ImageRef IMAGE = new ImageRef("rancher/rke-tools:v1");
  private static final PullRefusal REFUSAL = new PullRefusal(IMAGE, "host", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Get \"https://registry/v2/\": net/http: TLS handshake timeout",
        "Get \"https://registry/v2/\": dial tcp 10.0.0.1:443: connect: connection refused",
        "received unexpected HTTP status: 503 Service Unavailable",
        "toomanyrequests: slow down"
      })
  void whatMayPassIsTriedAgain(String words) {
    assertThat(REFUSAL.of(words).isTransient()).isTrue();
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
    assertThat(REFUSAL.of(words).isTransient()).isFalse();
  }

  @Test
  void theEnginesOwnWordsAreShown() {
    ProviderException failure =
        REFUSAL.of(
            new InternalServerErrorException("{\"message\":\"read: connection reset by peer\"}"));
    assertThat(failure.isTransient()).isTrue();
    assertThat(failure)
        .hasMessageStartingWith(
            "cannot pull rancher/rke-tools:v1 on host: read: connection reset by peer");
  }

  @Test
  void missingImageIsNeverTriedAgain() {
    assertThat(REFUSAL.of(new NotFoundException("{\"message\":\"timeout\"}")).isTransient())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOGIN_MISSING |      | Head \"https://reg.lab/v2/a\": no basic auth credentials",
        "LOGIN_MISSING |      | unauthorized: authentication required",
        "LOGIN_REFUSED | user | Head \"https://reg.lab/v2/a\": unauthorized: access denied",
        "LOGIN_REFUSED | user | pull access denied for a, may require 'docker login': denied: no",
        "UNKNOWN       | user | dial tcp: lookup reg.lab on 10.0.0.2:53: no such host",
        "UNTRUSTED     | user | x509: certificate signed by unknown authority",
        "UNENCRYPTED   | user | http: server gave HTTP response to HTTPS client",
        "CORRUPT       | user | filesystem layer verification failed for digest sha256:8a34",
        "CORRUPT       |      | failed commit on ref \"layer-sha256:8a\": unexpected commit digest"
            + " x"
      })
  void aRegistryThatGivesNothingSaysWhy(Reason reason, String user, String words) {
    PullRefusal refusal =
        new PullRefusal(new ImageRef("reg.lab:5000/a:1"), "host", user == null ? "" : user);

    assertThat(refusal.of(words))
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining("cannot pull reg.lab:5000/a:1 on host: registry reg.lab:5000 ")
        .hasMessageContaining(words);
    assertThat(refusal.of(words).isTransient()).isFalse();
    assertThat(refusal.of(words).hint()).contains("reg.lab:5000");
  }

  @Test
  void aFullDiskIsNoFaultOfTheRegistry() {
    assertThat(REFUSAL.of("write /var/lib/docker/tmp/GetImageBlob1: no space left on device"))
        .isInstanceOf(DiskFullException.class)
        .hasMessageStartingWith(
            "pulling rancher/rke-tools:v1 on host: the disk of the host is full: write"
                + " /var/lib/docker/tmp/GetImageBlob1: no space left on device")
        .hasMessageContaining("df -h");
  }

  @Test
  void whatDockerHubSaysOfMissingImagesIsNotTakenForALogin() {
    assertThat(REFUSAL.of("pull access denied for a, may require 'docker login': denied: no"))
        .isInstanceOf(ImageUnavailableException.class);
  }

  @Test
  void whereMirrorsWereAskedFirstAnUnknownDockerHubSaysOnlyThatTheImageIsMissing() {
    PullRefusal refusal = new PullRefusal(new ImageRef("rancher/a:1"), "host", "");

    assertThat(refusal.of("dial tcp: lookup registry-1.docker.io: no such host"))
        .isInstanceOf(ImageUnavailableException.class);
  }
}
