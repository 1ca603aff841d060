package io.rke4j.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.testkit.kube.TestClient.Reply;
import io.rke4j.testkit.kube.api.ApiRequest;
import io.rke4j.testkit.kube.api.Fault;
import io.rke4j.testkit.kube.api.ServerSettings;
import io.rke4j.testkit.kube.store.KubeStore;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private static final TestAuthority AUTHORITY = new TestAuthority();

  private final SimulatedKubeApi api =
      SimulatedKubeApi.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          AUTHORITY.serving(),
          KubeStore.of("v1.20.15"),
          new ServerSettings(Optional.empty(), false, Map.of()));
  private final TestClient client =
      new TestClient(api.address(), AUTHORITY, Optional.of(AUTHORITY.client("somebody", "people")));

  private static boolean isVersion(ApiRequest request) {
    return request.path().equals("/version");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void onlyTheRequestThatWasMeantGoesWrong() {
    api.faults().nth(2, FaultsTest::isVersion, Fault.tooManyRequests());

    assertThat(client.get("/readyz").status()).isEqualTo(200);
    assertThat(client.get("/version").status()).isEqualTo(200);
    Reply refused = client.get("/version");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text("/reason")).isEqualTo("TooManyRequests");
    assertThat(client.get("/version").status()).isEqualTo(200);
  }

  @Test
  void severalRequestsGoWrongUntilItIsOver() {
    api.faults().next(2, FaultsTest::isVersion, Fault.unavailable());
    api.faults().nth(3, FaultsTest::isVersion, Fault.timeout());

    assertThat(client.get("/version").status()).isEqualTo(503);
    assertThat(client.get("/version").status()).isEqualTo(503);
    assertThat(client.get("/version").status()).isEqualTo(504);
    assertThat(client.get("/version").status()).isEqualTo(200);
  }

  @Test
  void droppedConnectionIsNoAnswer() {
    // More than one, for the JDK's client asks again by itself.
    api.faults().next(10, FaultsTest::isVersion, new Fault.Drop());

    assertThatThrownBy(() -> client.get("/version")).isInstanceOf(UncheckedIOException.class);

    api.faults().clear();
    assertThat(client.get("/version").status()).isEqualTo(200);
  }

  @Test
  void somethingElseMayHappenAtTheMomentOfARequestWhichGoesOn() {
    api.faults()
        .nth(
            2,
            FaultsTest::isVersion,
            new Fault.Meanwhile("etcd loses its quorum", api.faults()::loseQuorum));

    assertThat(client.get("/version").status()).isEqualTo(200);
    assertThat(client.get("/readyz").status()).isEqualTo(200);
    assertThat(client.get("/version").status()).isEqualTo(200);
    assertThat(client.get("/readyz").status()).isEqualTo(500);
  }

  @Test
  void silenceLastsUntilTheClientGivesUp() {
    // More than one, for the first may be given up before it has arrived.
    api.faults().next(10, FaultsTest::isVersion, new Fault.Silence());

    assertThatThrownBy(() -> client.within(Duration.ofMillis(300)).get("/version"))
        .hasCauseInstanceOf(java.net.http.HttpTimeoutException.class);

    api.faults().clear();
    assertThat(client.within(Duration.ofSeconds(10)).get("/version").status()).isEqualTo(200);
  }

  @Test
  void withoutRolesEverybodyWhoIsKnownMayDoEverything() {
    assertThat(client.get("/api/v1/secrets").status()).isEqualTo(200);
  }
}
