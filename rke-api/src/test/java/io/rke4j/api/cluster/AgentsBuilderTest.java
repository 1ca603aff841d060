package io.rke4j.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AgentsBuilderTest {

  private static ClusterSpec spec(Consumer<AgentsBuilder> agents) {
    return ClusterSpec.named("c1")
        .kubernetes("v1.20.15-rancher2-1")
        .node(
            "n1",
            n ->
                n.address("192.0.2.1")
                    .user("rke")
                    .roles(Role.CONTROL_PLANE, Role.ETCD, Role.WORKER))
        .agents(agents)
        .build();
  }

  @Test
  void thereAreNoneUnlessSomebodyAsksForThem() {
    ClusterSpec spec = spec(a -> {});

    assertThat(spec.addons().agents()).isEqualTo(AgentsSpec.NONE);
    assertThat(spec.access().tokenWebhook()).isInstanceOf(TokenWebhook.Off.class);
  }

  @Test
  void theAuthenticationServiceIsAskedByTheApiServer() {
    ClusterSpec spec = spec(a -> a.authEndpoint("registry.lab/auth:v1"));

    assertThat(spec.access().tokenWebhook()).isEqualTo(TokenWebhook.On.DEFAULT);
    assertThat(spec.addons().agents().has(StandardAgent.AUTH_ENDPOINT)).isTrue();
  }

  @Test
  void theChecksumIsThatOfTheCertificateWithOneLineEnd() {
    String checksum = "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb";

    assertThat(spec(a -> a.authority("abc\n")).addons().agents().caChecksum())
        .isEqualTo(checksum)
        .isEqualTo(spec(a -> a.authority("abc\n\n")).addons().agents().caChecksum())
        .isEqualTo(spec(a -> a.authority("abc")).addons().agents().caChecksum());
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                spec(
                    a ->
                        a.server("http://rancher.lab")
                            .caChecksum("abc")
                            .clusterAgent("no tag")
                            .agent("Bad Name", "x: y")))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("agents.server")
        .hasMessageContaining("agents.ca_checksum")
        .hasMessageContaining("agents.rke-cluster-agent.image")
        .hasMessageContaining("agents.Bad Name")
        .hasMessageContaining("agents.token");
  }

  @Test
  void noTokenIsPrinted() {
    ClusterSpec spec =
        spec(a -> a.server("https://rancher.lab").token(Secret.of("hunter2")).standard());

    assertThat(spec.toString()).doesNotContain("hunter2");
  }
}
