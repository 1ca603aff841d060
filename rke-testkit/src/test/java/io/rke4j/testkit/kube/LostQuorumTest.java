package io.rke4j.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.testkit.kube.TestClient.Reply;
import io.rke4j.testkit.kube.api.EtcdLink;
import io.rke4j.testkit.kube.api.EtcdLink.State;
import io.rke4j.testkit.kube.api.Faults;
import io.rke4j.testkit.kube.api.ServerSettings;
import io.rke4j.testkit.kube.store.KubeStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an API server does whose etcd agrees on nothing, or is gone. */
@Timeout(60)
class LostQuorumTest {

  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final String NAMESPACES = "/api/v1/namespaces";

  private volatile State etcd = State.HEALTHY;
  private final AtomicInteger looksUntilHealthy = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicLong seconds = new AtomicLong();

  /** Each look at the clock takes a second of its time. */
  private final SimulatedKubeApi api =
      SimulatedKubeApi.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          AUTHORITY.serving(),
          KubeStore.of("v1.20.15"),
          new ServerSettings(
              Optional.empty(),
              false,
              Map.of(),
              new Faults(),
              new EtcdLink(
                  this::look, () -> Instant.EPOCH.plusSeconds(seconds.getAndIncrement()))));

  private final TestClient client =
      new TestClient(api.address(), AUTHORITY, Optional.of(AUTHORITY.client("somebody", "people")));

  private State look() {
    return looksUntilHealthy.getAndDecrement() > 0 ? etcd : State.HEALTHY;
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void isHealthy() {
    assertThat(client.get("/healthz").body()).isEqualTo("ok");
    assertThat(client.get("/healthz/etcd").body()).isEqualTo("ok");
    assertThat(client.get(NAMESPACES).status()).isEqualTo(200);
  }

  @Test
  void healthNamesEtcdAfterTwoSeconds() {
    api.faults().loseQuorum();
    for (String path : new String[] {"/healthz", "/livez", "/readyz"}) {
      long before = seconds.get();
      Reply reply = client.get(path);
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body())
          .contains("[+]ping ok\n", "[-]etcd failed: reason withheld\n")
          .endsWith(path.substring(1) + " check failed\n");
      assertThat(seconds.get() - before).isBetween(2L, 4L);
    }
    Reply part = client.get("/healthz/etcd");
    assertThat(part.status()).isEqualTo(500);
    assertThat(part.body())
        .isEqualTo(
            "internal server error: error getting data from etcd: context deadline exceeded\n");
    assertThat(client.get("/livez?exclude=etcd").body()).isEqualTo("ok");
    api.faults().regainQuorum();
    isHealthy();
  }

  @Test
  void readsAndWritesTimeOutInTheWordsOfEtcd() {
    api.faults().loseQuorum();
    for (Reply reply :
        new Reply[] {
          client.get(NAMESPACES),
          client.get(NAMESPACES + "/default"),
          client.post(
              NAMESPACES,
              "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"a\"}}")
        }) {
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text("/message")).isEqualTo("etcdserver: request timed out");
      assertThat(reply.body()).doesNotContain("\"reason\"");
    }
    api.faults().regainQuorum();
    assertThat(client.get(NAMESPACES + "/a").status()).isEqualTo(404);
    isHealthy();
  }

  @Test
  void whatNeedsNoEtcdIsAnswered() {
    api.faults().loseQuorum();
    assertThat(client.get("/version").status()).isEqualTo(200);
    assertThat(client.get("/api/v1").status()).isEqualTo(200);
    assertThat(client.get(NAMESPACES + "?resourceVersion=0").status()).isEqualTo(200);
    assertThat(seconds).hasValue(0);
  }

  @Test
  void whereNoMemberAnswersTheServerGivesUpAfterItsOwnMinute() {
    etcd = State.GONE;
    Reply reply = client.get(NAMESPACES);
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.text("/reason")).isEqualTo("Timeout");
    assertThat(seconds.get()).isBetween(60L, 63L);
    etcd = State.HEALTHY;
    isHealthy();
  }

  @Test
  void aRequestGoesOnIfTheMembersAreBackInTime() {
    etcd = State.WITHOUT_LEADER;
    looksUntilHealthy.set(4);
    assertThat(client.get(NAMESPACES).status()).isEqualTo(200);
  }
}
