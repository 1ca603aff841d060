package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class KubeConfigTest {

  @Test
  void aComponentIsPointedToFilesAndToItsOwnNode() {
    String text =
        KubeConfig.forComponent(
            "kube-node", "/ssl/kube-ca.pem", "/ssl/kube-node.pem", "/ssl/kube-node-key.pem");
    assertThat(parse(text))
        .containsEntry("apiVersion", "v1")
        .containsEntry("kind", "Config")
        .containsEntry("current-context", "local")
        .containsEntry(
            "clusters",
            List.of(
                Map.of(
                    "name",
                    "local",
                    "cluster",
                    Map.of(
                        "server", "https://127.0.0.1:6443",
                        "certificate-authority", "/ssl/kube-ca.pem"))))
        .containsEntry(
            "users",
            List.of(
                Map.of(
                    "name",
                    "kube-node-local",
                    "user",
                    Map.of(
                        "client-certificate", "/ssl/kube-node.pem",
                        "client-key", "/ssl/kube-node-key.pem"))))
        .containsEntry(
            "contexts",
            List.of(
                Map.of(
                    "name",
                    "local",
                    "context",
                    Map.of("cluster", "local", "user", "kube-node-local"))));
  }

  @Test
  void theAdministratorsHoldsEverythingAndPrintsNothing() {
    Secret text =
        KubeConfig.forAdministrator(
            "c1", "https://10.0.0.1:6443", "authority", "certificate", Secret.of("MARKER"));
    assertThat(text.toString()).isEqualTo("Secret[***]");
    assertThat(parse(text.reveal()))
        .containsEntry("current-context", "c1")
        .containsEntry(
            "clusters",
            List.of(
                Map.of(
                    "name",
                    "c1",
                    "cluster",
                    Map.of(
                        "server",
                        "https://10.0.0.1:6443",
                        "certificate-authority-data",
                        base64("authority")))))
        .containsEntry(
            "users",
            List.of(
                Map.of(
                    "name",
                    "kube-admin-c1",
                    "user",
                    Map.of(
                        "client-certificate-data", base64("certificate"),
                        "client-key-data", base64("MARKER")))));
  }

  @Test
  void layoutAndRkesApiVersionMakeNoDifference() {
    String ours = KubeConfig.forComponent("kube-node", "/ca.pem", "/node.pem", "/node-key.pem");
    String theirs =
        """
        kind: Config
        apiVersion: v1
        current-context: local
        clusters:
        - cluster: {api-version: v1, certificate-authority: /ca.pem, server: "https://127.0.0.1:6443"}
          name: local
        contexts:
        - context: {cluster: local, user: kube-node-local}
          name: local
        users:
        - name: kube-node-local
          user: {client-certificate: /node.pem, client-key: /node-key.pem}\
        """;
    assertThat(KubeConfig.saysTheSame(ours, theirs)).isTrue();
    assertThat(KubeConfig.saysTheSame(ours, theirs.replace("6443", "6444"))).isFalse();
    assertThat(KubeConfig.saysTheSame(ours, "{[")).isFalse();
    assertThat(KubeConfig.saysTheSame(ours, "")).isFalse();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> parse(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }
}
