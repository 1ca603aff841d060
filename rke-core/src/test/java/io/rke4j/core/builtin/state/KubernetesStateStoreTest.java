package io.rke4j.core.builtin.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.SimulatedAccess;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.LeaseHeldException;
import io.rke4j.spi.state.StateStore;
import io.rke4j.spi.state.StateStoreException;
import io.rke4j.testkit.contract.StateStoreContract;
import io.rke4j.testkit.kube.api.Fault;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KubernetesStateStoreTest extends StateStoreContract {

  private static final Duration SHORT = Duration.ofMillis(10);
  private static final LeaseTiming PATIENT =
      new LeaseTiming(Duration.ofSeconds(20), Duration.ofMillis(100), Duration.ofMillis(10));
  private static final LeaseTiming FAST =
      new LeaseTiming(Duration.ofMillis(600), Duration.ofMillis(100), Duration.ofMillis(10));
  private static final LeaseTiming NEVER_RENEWED =
      new LeaseTiming(Duration.ofMillis(600), Duration.ofHours(1), Duration.ofMillis(10));

  private final SimulatedAccess simulated = SimulatedAccess.to(PodBehaviour.usual());
  private final KubeClient client = KubeClient.open(simulated.kubeconfig(), Optional.empty());
  private final KubernetesStateStore store = new KubernetesStateStore(client, PATIENT);

  @AfterEach
  void close() {
    client.close();
    simulated.close();
  }

  @Override
  protected StateStore open() {
    return new KubernetesStateStore(client, PATIENT);
  }

  private ObjectNode lease() {
    return client.read("/apis/coordination.k8s.io/v1/namespaces/rke4j-system/leases/c1");
  }

  @Test
  void aDocumentIsReplacedAsAWholeAndGoesWhenItIsDeleted() {
    assertThat(store.load("c1")).isEmpty();
    store.save("c1", Secret.of("first: äöü"));
    assertThat(store.load("c1")).contains(Secret.of("first: äöü"));
    store.save("c1", Secret.of("second"));
    assertThat(store.load("c1")).contains(Secret.of("second"));
    assertThat(store.load("c2")).isEmpty();

    store.delete("c1");
    store.delete("c1");

    assertThat(store.load("c1")).isEmpty();
  }

  @Test
  void aDocumentThatIsAsItIsToBeIsNotWrittenAgain() {
    store.save("c1", Secret.of("same"));
    String path = "/api/v1/namespaces/rke4j-system/secrets/cluster-c1";
    String version = client.read(path).at("/metadata/resourceVersion").asText();

    store.save("c1", Secret.of("same"));

    assertThat(client.read(path).at("/metadata/resourceVersion").asText()).isEqualTo(version);
  }

  @Test
  void aDocumentThatNoSecretKeepsIsRefusedByItsSize() {
    Secret tooLarge = Secret.of("x".repeat((1 << 20) + 1));

    assertThatThrownBy(() -> store.save("c1", tooLarge))
        .isInstanceOf(StateStoreException.class)
        .hasMessageStartingWith(
            "the state of cluster 'c1' has 1048577 bytes, and a Secret of Kubernetes keeps no more"
                + " than 1048576");
    assertThat(store.load("c1")).isEmpty();
  }

  @Test
  void whoeverHoldsALeaseAndRenewsItIsNotDisturbed() {
    try (Lease lease = store.acquire("c1", SHORT);
        Lease other = store.acquire("c2", SHORT)) {
      assertThatThrownBy(() -> store.acquire("c1", SHORT))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContaining("c1")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(lease.isHeld()).isTrue();
      assertThat(other.isHeld()).isTrue();
    }
    assertThat(lease().at("/spec/holderIdentity").asText()).isEmpty();
    store.acquire("c1", SHORT).close();
  }

  @Test
  void aHolderThatWasKilledIsWaitedOut() {
    Lease killed = new KubernetesStateStore(client, NEVER_RENEWED).acquire("c1", SHORT);
    String before = lease().at("/spec/holderIdentity").asText();

    Lease next = new KubernetesStateStore(client, FAST).acquire("c1", SHORT);

    assertThat(killed.isHeld()).as("of who was thought dead").isFalse();
    killed.close();
    assertThat(lease().at("/spec/holderIdentity").asText()).isNotEmpty().isNotEqualTo(before);
    next.close();
  }

  @Test
  void aLeaseThatCannotBeRenewedIsLostInTheEnd() {
    try (Lease lease = new KubernetesStateStore(client, FAST).acquire("c1", SHORT)) {
      simulated
          .api()
          .faults()
          .next(10_000, request -> request.path().contains("/leases/"), Fault.unavailable());

      new ParkingUntil(Duration.ofSeconds(20)).sees(() -> !lease.isHeld());

      simulated.api().faults().clear();
    }
  }
}
