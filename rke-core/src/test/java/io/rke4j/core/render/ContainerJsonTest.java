package io.rke4j.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ContainerJsonTest {

  private static final String MARKER = "correct-horse-battery-staple";

  @Test
  void theUsersVariablesAreHiddenInEveryContainer() {
    Resolved cluster =
        Samples.resolve(
            Samples.single(Samples.V1_20)
                .services(
                    s ->
                        s.etcd(o -> o.env("ETCDCTL_KEY=" + MARKER).env("DB_PASSWORD=" + MARKER))
                            .kubeApi(o -> o.env("RKE_AUDITLOG_CONFIG_CHECKSUM=" + MARKER))
                            .controllerManager(o -> o.env("TOKEN=" + MARKER))
                            .scheduler(o -> o.env("PLAIN=" + MARKER))
                            .kubelet(o -> o.env("HTTPS_PROXY=http://u:" + MARKER + "@proxy"))
                            .kubeProxy(o -> o.env("ETCDCTL_KEY=" + MARKER))));
    ClusterNode node = cluster.nodes().get(0);

    assertThat(NodeContainers.of(cluster, node))
        .extracting(r -> ContainerJson.of(r.render(cluster, node, Samples.DEBIAN)))
        .allSatisfy(json -> assertThat(json).doesNotContain(MARKER))
        .anySatisfy(json -> assertThat(json).contains("\"DB_PASSWORD=***\""))
        .anySatisfy(
            json ->
                assertThat(json)
                    .contains("\"ETCDCTL_KEY=/etc/kubernetes/ssl/kube-etcd-172-17-0-2-key.pem\""));
  }

  @Test
  void definitionIsOneJsonObject() throws IOException {
    Resolved cluster = Samples.resolve(Samples.single(Samples.V1_20));
    ClusterNode node = cluster.nodes().get(0);

    JsonNode json =
        new ObjectMapper()
            .readTree(ContainerJson.of(PortListener.ETCD.render(cluster, node, Samples.DEBIAN)));

    assertThat(json.path("name").asText()).isEqualTo("rke-etcd-port-listener");
    assertThat(json.path("ports").path("container").asInt()).isEqualTo(1337);
    assertThat(json.path("ports").path("host")).hasSize(2);
    assertThat(json.path("restartAlways").asBoolean()).isFalse();
  }
}
