package io.rke4j.core.phase.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.core.kube.KubeApiStub;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.testkit.PatientContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SavePasswordTest {

  private final KubeApiStub server = KubeApiStub.started();
  private final KubeConnection connection =
      new KubeConnection(
          () -> Optional.of(server.kubeconfig()),
          Optional.empty(),
          Map.of(),
          kubeconfig -> {
            throw new AssertionError("nothing is deployed");
          });

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  @Test
  void thePasswordComesChangesAndGoesAndIsNeverSaid() {
    assertThat(kind("marker-1")).contains(Decision.Kind.CREATE);
    step("marker-1").apply(new PatientContext());
    assertThat(kind("marker-1")).isEmpty();
    assertThat(kind("marker-2")).contains(Decision.Kind.REPLACE);
    step("marker-2").apply(new PatientContext());
    assertThat(kind("marker-2")).isEmpty();
    assertThat(kind("")).contains(Decision.Kind.REMOVE);
    step("").apply(new PatientContext());
    assertThat(kind("")).isEmpty();
    assertThat(step("marker-1").toString() + step("marker-1").inspect()).doesNotContain("marker-1");
  }

  @Test
  void podsThatHaveTheOldPasswordAreStillToBeReplaced() {
    step("marker-1").apply(new PatientContext());
    server.intercept(
        request ->
            request.startsWith("GET /apis/apps/")
                ? Optional.of(KubeApiStub.failure(503, "ServiceUnavailable"))
                : Optional.empty());
    assertThatThrownBy(() -> step("marker-2").apply(new PatientContext()))
        .isInstanceOf(KubeApiException.class);

    assertThat(kind("marker-2")).contains(Decision.Kind.REPLACE);

    server.intercept(request -> Optional.empty());
    step("marker-2").apply(new PatientContext());
    assertThat(kind("marker-2")).isEmpty();
  }

  private Optional<Decision.Kind> kind(String password) {
    return step(password).inspect() instanceof Decision.Change change
        ? Optional.of(change.kind())
        : Optional.empty();
  }

  private SavePassword step(String password) {
    return new SavePassword(
        Steps.once(Phase.NETWORK, "save-network-password"),
        Set.of(),
        Secret.of(password),
        connection);
  }
}
