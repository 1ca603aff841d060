package io.rke4j.core.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.SigningRequest;
import io.rke4j.core.cluster.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFolderTest {

  private static final Resolved ONE =
      Clusters.of(spec -> spec.node("node-a", Clusters.all("10.0.0.1")));

  @TempDir private Path folder;

  private List<SigningRequest> write(Resolved cluster) {
    return new RequestFolder(folder, Runnable::run).write(cluster, Clusters.RUNNING);
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return content;
  }

  @Test
  void everyCertificateButTheAuthoritiesAndTheTokensKeyHasAKeyThatOnlyItsOwnerReads()
      throws IOException {
    assertThat(write(ONE))
        .extracting(SigningRequest::certificate)
        .containsExactlyInAnyOrder(
            "kube-apiserver",
            "kube-apiserver-proxy-client",
            "kube-controller-manager",
            "kube-scheduler",
            "kube-proxy",
            "kube-node",
            "kube-admin",
            "kube-etcd-10-0-0-1");
    assertThat(content()).hasSize(16);
    for (String name : content().keySet()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo(name.endsWith("-key.pem") ? "rw-------" : "rw-r--r--");
    }
  }

  @Test
  void calledAgainItKeepsEverythingAndAddsWhatIsNew() throws IOException {
    write(ONE);
    Map<String, String> before = content();
    assertThat(write(ONE)).noneMatch(SigningRequest::keyIsNew);
    assertThat(content()).isEqualTo(before);

    Resolved larger =
        Clusters.of(
            spec -> {
              spec.node("node-a", Clusters.all("10.0.0.1"));
              spec.node("node-b", Clusters.all("10.0.0.2"));
            });
    assertThat(write(larger).stream().filter(SigningRequest::keyIsNew))
        .extracting(SigningRequest::certificate)
        .containsExactly("kube-etcd-10-0-0-2");
    Map<String, String> after = content();
    assertThat(
            before.keySet().stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name))))
        .containsExactlyInAnyOrder("kube-apiserver-csr.pem", "kube-etcd-10-0-0-1-csr.pem");
  }

  @Test
  void aDamagedKeyIsNamedAndNotReplaced() throws IOException {
    write(ONE);
    Path key = folder.resolve("kube-proxy-key.pem");
    Files.writeString(key, "marker");
    assertThatThrownBy(() -> write(ONE))
        .isInstanceOf(UnusableCertificatesException.class)
        .hasMessageContaining(key.toString())
        .hasMessageContaining("move it away")
        .hasMessageNotContaining("marker");
    assertThat(key).hasContent("marker");
  }

  @Test
  void aKeyThatOthersCouldReadIsShutAndADamagedRequestWrittenAnew() throws IOException {
    write(ONE);
    Path key = folder.resolve("kube-proxy-key.pem");
    Path request = folder.resolve("kube-proxy-csr.pem");
    String before = Files.readString(key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(request, "damaged");
    write(ONE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(key).hasContent(before);
    assertThat(Files.readString(request)).startsWith("-----BEGIN CERTIFICATE REQUEST-----\n");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> new RequestFolder(file, Runnable::run).write(ONE, Clusters.RUNNING))
        .isInstanceOf(UnusableCertificatesException.class)
        .hasMessageContaining(file.toString());
  }
}
