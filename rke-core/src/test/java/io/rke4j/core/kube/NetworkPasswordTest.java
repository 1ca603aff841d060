package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.NetworkPassword.Kept;
import io.rke4j.spi.addon.KubeApiException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkPasswordTest {

  private static final String SECRET = "/api/v1/namespaces/kube-system/secrets/net";
  private static final String DAEMON_SET = "/apis/apps/v1/namespaces/kube-system/daemonsets/weave";

  private final KubeApiStub server = KubeApiStub.started();
  private final KubeApi kube = KubeApi.open(server.kubeconfig());
  private final NetworkPassword password = kube.networkPassword("net");

  @AfterEach
  void close() {
    kube.close();
    server.close();
  }

  @Test
  void aPasswordIsKeptAndSavedOnce() {
    assertThat(password.read()).isEmpty();
    password.save(Secret.of("a"), "weave");
    assertThat(server.writes()).containsExactly("POST /api/v1/namespaces/kube-system/secrets");
    password.save(Secret.of("a"), "weave");
    assertThat(server.writes()).isEmpty();
    assertThat(password.read()).contains(new Kept(Secret.of("a"), true));
  }

  @Test
  void anotherPasswordReplacesThePodsThatHaveReadTheOldOne() {
    server.put(DAEMON_SET, KubeJson.object("apps/v1", "DaemonSet", "kube-system", "weave"));
    password.save(Secret.of("a"), "weave");
    server.writes();

    password.save(Secret.of("b"), "weave");

    assertThat(server.writes())
        .containsExactly("PATCH " + SECRET, "PATCH " + DAEMON_SET, "PATCH " + SECRET);
    assertThat(server.get(DAEMON_SET).orElseThrow().toString())
        .contains("rke4j.io/password-version")
        .doesNotContain("\"b\"");
    assertThat(password.read()).contains(new Kept(Secret.of("b"), true));
  }

  @Test
  void withoutPodsThereIsNothingToReplace() {
    password.save(Secret.of("a"), "weave");
    server.writes();

    password.save(Secret.of("b"), "weave");

    assertThat(server.writes()).containsExactly("PATCH " + SECRET, "PATCH " + SECRET);
  }

  @Test
  void podsThatACutOffRunHasLeftWithTheOldPasswordAreReplacedByTheNext() {
    server.put(DAEMON_SET, KubeJson.object("apps/v1", "DaemonSet", "kube-system", "weave"));
    password.save(Secret.of("a"), "weave");
    server.intercept(
        request ->
            request.equals("PATCH " + DAEMON_SET)
                ? Optional.of(KubeApiStub.failure(503, "ServiceUnavailable"))
                : Optional.empty());
    assertThatThrownBy(() -> password.save(Secret.of("b"), "weave"))
        .isInstanceOf(KubeApiException.class);
    assertThat(password.read()).contains(new Kept(Secret.of("b"), false));
    server.intercept(request -> Optional.empty());
    server.writes();

    password.save(Secret.of("b"), "weave");

    assertThat(server.writes()).containsExactly("PATCH " + DAEMON_SET, "PATCH " + SECRET);
    assertThat(password.read()).contains(new Kept(Secret.of("b"), true));
    password.save(Secret.of("b"), "weave");
    assertThat(server.writes()).isEmpty();
  }

  @Test
  void aPasswordThatIsDeletedIsGone() {
    password.save(Secret.of("a"), "weave");
    password.delete();
    assertThat(password.read()).isEmpty();
    password.delete();
  }
}
