package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubeConnectionTest {

  private static final Decision.Change EXPECTED = Decision.create("make it");

  private final KubeApiStub server = KubeApiStub.started();
  private int silent;
  private int opened;
  private final List<String> asked = new ArrayList<>();

  private final KubeConnection connection =
      new KubeConnection(
          () -> Optional.of(server.kubeconfig()),
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
