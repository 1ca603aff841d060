package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubeConnectionTest {

  private static final Decision.Change EXPECTED = Decision.create("make it");

  private final TestCertificate authority = TestCertificate.forLoopback();
  private final KubeApiStub server = KubeApiStub.started();
  private Supplier<Secret> kubeconfig = server::kubeconfig;
  private int silent;
  private int opened;
  private final List<String> asked = new ArrayList<>();

  private final KubeConnection connection =
      new KubeConnection(
          () -> Optional.of(kubeconfig.get()),
          Optional.of(this::open),
          Map.of(),
          kubeconfig -> {
            throw new IllegalStateException("no addons here");
          });

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  private Stream open(String address, int port) throws IOException {
    opened++;
    if (silent > 0) {
      silent--;
      throw new SocketTimeoutException("no hello from the server");
    }
    return RoutedKubeApiTest.open(address, port);
  }

  private Decision decide() {
    return connection.decide(
        kube -> {
          kube.api().savedState().read();
          return Decision.upToDate();
        },
        EXPECTED);
  }

  @Test
  void aFirstConnectionThatTookTooLongAmongAllOthersIsNoReasonToDefer() {
    silent = 2;
    assertThat(decide().isUpToDate()).isTrue();
    assertThat(opened).isEqualTo(3);
  }

  @Test
  void whoeverNeverAnswersIsLookedAtThreeTimesAndThenOncePerStep() {
    silent = 100;
    assertThat(decide()).isInstanceOf(Decision.Deferred.class);
    assertThat(opened).isEqualTo(3);
    decide();
    assertThat(opened).isEqualTo(4);
  }

  @Test
  void onceThereWereAnswersALookIsNotRepeatedAndThePlanSaysWhyItWaits() {
    decide();
    silent = 1;
    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Deferred.class,
            deferred -> {
              assertThat(deferred.expected()).isEqualTo(EXPECTED.changes());
              assertThat(deferred.until())
                  .startsWith("once the API server answers; GET https://127.0.0.1:")
                  .contains("/secrets/full-cluster-state got no answer: no hello from the server");
            });
    assertThat(opened).isEqualTo(2);
  }

  @Test
  void aPlanWaitsInVainForTheServerOnceAndNotAtEveryStep() {
    connection.seeOnce(Duration.ZERO);
    silent = 100;
    Decision first = decide();
    assertThat(decide()).isEqualTo(first);
    assertThat(opened).isEqualTo(3);
  }

  @Test
  void aFailureThatCameAtOnceKeepsNoStepOfAPlanFromLooking() {
    connection.seeOnce(Duration.ofMinutes(1));
    silent = 3;
    assertThat(decide()).isInstanceOf(Decision.Deferred.class);
    assertThat(decide().isUpToDate()).isTrue();
  }

  @Test
  void whatTheServerRefusesForGoodEndsThePlan() {
    server.intercept(request -> Optional.of(new KubeApiStub.Reply(403, "{}")));
    assertThatThrownBy(this::decide).isInstanceOf(KubeApiException.class);
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void anAdministratorWhoseCertificateHasEndedIsUnderstoodOnceItIsRenewed() {
    server.intercept(request -> Optional.of(KubeApiStub.failure(401, "Unauthorized")));
    kubeconfig = () -> server.kubeconfig(authority.signs(anHourAgo()));
    assertWaitsForRenewal(decide(), "was answered with 401: ");
  }

  @Test
  void anAdministratorWhoIsUnknownThoughHisCertificateIsGoodEndsThePlan() {
    server.intercept(request -> Optional.of(KubeApiStub.failure(401, "Unauthorized")));
    kubeconfig = () -> server.kubeconfig(authority.signs(Instant.now().plusSeconds(60)));
    assertThatThrownBy(this::decide).isInstanceOf(KubeApiException.class);
  }

  @Test
  void aServerWhoseCertificateHasEndedIsAskedOnceItIsRenewed() {
    try (KubeApiStub overdue = KubeApiStub.started(authority.signs(anHourAgo()))) {
      kubeconfig = () -> overdue.kubeconfig(authority.base64());
      assertWaitsForRenewal(decide(), "was not sent, since the server is not trusted: ");
    }
  }

  @Test
  void aServerOfSomebodyElseEndsThePlanAlsoIfItsCertificateHasEnded() {
    try (KubeApiStub other = KubeApiStub.started(TestCertificate.forLoopback(anHourAgo()))) {
      kubeconfig = () -> other.kubeconfig(authority.base64());
      assertThatThrownBy(this::decide)
          .isInstanceOf(KubeApiException.class)
          .hasMessageContaining("is not trusted");
    }
  }

  private static Instant anHourAgo() {
    return Instant.now().minus(Duration.ofHours(1));
  }

  private static void assertWaitsForRenewal(Decision decision, String why) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Deferred.class,
            deferred -> {
              assertThat(deferred.expected()).isEqualTo(EXPECTED.changes());
              assertThat(deferred.until())
                  .startsWith("once its certificates are renewed; GET https://127.0.0.1:")
                  .contains(why);
            });
  }

  @Test
  void aPlanAsksForAllItsNodesAtOnce() {
    connection.seeOnce();
    assertThat(connection.api().hasNode(registered("n1"))).isTrue();
    assertThat(connection.api().hasNode(new NodeName("n2"))).isFalse();
    assertThat(connection.api().hasNode(registered("n2"))).isFalse();
    assertThat(asked).containsExactly("GET /api/v1/nodes");
  }

  @Test
  void aRunAsksForEachNodeAsItIsThen() {
    assertThat(connection.api().hasNode(registered("n1"))).isTrue();
    assertThat(connection.api().hasNode(registered("n2"))).isTrue();
    assertThat(asked).containsExactly("GET /api/v1/nodes/n1", "GET /api/v1/nodes/n2");
  }

  private NodeName registered(String name) {
    server.intercept(
        request -> {
          asked.add(request);
          return Optional.empty();
        });
    server.put("/api/v1/nodes/" + name, KubeJson.object());
    return new NodeName(name);
  }
}
