package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.core.builtin.state.DirectoryStateStore;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.Clusters;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.LeaseHeldException;
import io.rke4j.spi.state.StateStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeOverTest {

  @TempDir private Path folder = Path.of("");
  private DirectoryStateStore store = DirectoryStateStore.at(Path.of(""));
  private TakeOver takeOver = new TakeOver(store, Duration.ZERO);

  @BeforeEach
  void begin() {
    store = DirectoryStateStore.at(folder.resolve("state"));
    takeOver = new TakeOver(store, Duration.ZERO);
  }

  @Test
  void theKeysOfRkesClusterAreKeptFromThenOn() throws IOException {
    takeOver.run("c1", rkeState(Clusters.singleIssued()));

    ClusterMemory memory = memory();
    assertThat(memory.certificates()).isEqualTo(Clusters.singleIssued());
    assertThat(memory.isEstablished()).isTrue();
  }

  @Test
  void whatWasTakenOverBeforeStaysAsItIs() throws IOException {
    takeOver.run("c1", rkeState(Clusters.singleIssued()));
    String kept = memory().document().orElseThrow().reveal();

    takeOver.run("c1", rkeState(Clusters.singleIssued()));

    assertThat(memory().document().orElseThrow().reveal()).isEqualTo(kept);
  }

  @Test
  void anotherClusterOfThatNameKeepsItsKeys() throws IOException {
    takeOver.run("c1", rkeState(Clusters.singleIssued()));
    Map<String, Entry> others = new HashMap<>(Clusters.singleIssued().entries());
    others.put("kube-ca", Clusters.singleIssued().entry("kube-apiserver-requestheader-ca"));
    Path file = rkeState(new CertificateBundle(others));

    assertThatThrownBy(() -> takeOver.run("c1", file))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("another cluster 'c1' with other keys")
        .hasMessageContaining("Use another state store");
    assertThat(memory().certificates()).isEqualTo(Clusters.singleIssued());
  }

  @Test
  void theFileOfAnotherClusterIsRefused() throws IOException {
    Path file = rkeState(Clusters.singleIssued());

    assertThatThrownBy(() -> takeOver.run("c2", file))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("is of cluster 'c1', not of 'c2'");
    assertThat(store.load("c2")).isEmpty();
  }

  @Test
  void nothingIsTakenOverWhileTheClusterIsBeingChanged() throws IOException {
    Path file = rkeState(Clusters.singleIssued());
    try (Lease held = store.acquire("c1", Duration.ZERO)) {
      assertThat(held.isHeld()).isTrue();
      assertThatThrownBy(() -> takeOver.run("c1", file)).isInstanceOf(LeaseHeldException.class);
    }
  }

  private ClusterMemory memory() {
    return new ClusterMemory(store, "c1", Clock.systemUTC());
  }

  private Path rkeState(CertificateBundle certificates) throws IOException {
    Map<String, Object> node = Map.of("address", "172.17.0.2", "role", List.of("etcd"));
    return RkeStates.write(folder, "c1", node, certificates);
  }
}
