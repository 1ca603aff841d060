package io.rke4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.LeaseHeldException;
import io.rke4j.spi.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What the library relies on in a {@link StateStore}. It keeps the keys of clusters, so:
 *
 * <ul>
 *   <li>what was saved is what is loaded, to the last character, also by a store that is opened
 *       later; a document is replaced as a whole, so that nobody ever loads half of one
 *   <li>a document of a mebibyte is kept; a larger one may be refused with a {@link
 *       ProviderException} that is not transient, and the one before is then still there
 *   <li>clusters have nothing to do with each other; what is deleted is gone; deleting what is not
 *       there is fine
 *   <li>one holder at a time has the lease of a cluster, whichever store it came from; who does not
 *       get it in time is told so by a {@link LeaseHeldException}, which is transient; a lease that
 *       was returned is free at once, and returning it twice is fine
 *   <li>nothing of a document stands in what a store says of itself
 * </ul>
 *
 * <p>Only the author of a store can test that nobody but the owner reads its documents, and that a
 * crash does not lose them.
 */
public abstract class StateStoreContract {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Secret FIRST = Secret.of("{\"marker\": \"first ä\"}\n");
  private static final Secret SECOND = Secret.of("{\"marker\": \"second, which is longer\"}");

  /** For those who extend it. */
  protected StateStoreContract() {}

  /**
   * Opens the store under test. Called several times in a test, for stores that share what they
   * keep; no two tests share anything.
   */
  protected abstract StateStore open();

  @Test
  void nothingIsLoadedBeforeSomethingIsSaved() {
    assertThat(open().load("c1")).isEmpty();
  }

  @Test
  void whatWasSavedLastIsLoaded() {
    StateStore store = open();
    store.save("c1", FIRST);
    assertThat(store.load("c1")).contains(FIRST);
    store.save("c1", SECOND);
    assertThat(store.load("c1")).contains(SECOND);
    store.save("c1", FIRST);
    assertThat(store.load("c1")).contains(FIRST);
  }

  @Test
  void whatWasSavedIsLoadedByAStoreThatIsOpenedLater() {
    open().save("c1", FIRST);
    assertThat(open().load("c1")).contains(FIRST);
  }

  @Test
  void clustersHaveNothingToDoWithEachOther() {
    StateStore store = open();
    store.save("c1", FIRST);
    store.save("c1-b", SECOND);
    store.delete("c1");
    assertThat(store.load("c1")).isEmpty();
    assertThat(store.load("c1-b")).contains(SECOND);
  }

  @Test
  void whatWasDeletedIsGoneAndDeletingAgainIsFine() {
    StateStore store = open();
    store.delete("c1");
    store.save("c1", FIRST);
    store.delete("c1");
    store.delete("c1");
    assertThat(store.load("c1")).isEmpty();
    assertThat(open().load("c1")).isEmpty();
  }

  @Test
  void aDocumentOfAMebibyteIsKept() {
    Secret large = Secret.of("0123456789abcdef".repeat(1 << 16));
    open().save("c1", large);
    assertThat(open().load("c1").filter(large::equals)).isPresent();
  }

  @Test
  void aLargerDocumentIsKeptOrRefusedAndThenTheOneBeforeIsStillThere() {
    Secret larger = Secret.of("ä".repeat(1 << 20));
    open().save("c1", FIRST);
    Secret kept = larger;
    try {
      open().save("c1", larger);
    } catch (ProviderException e) {
      assertThat(e).hasMessageContaining("c1");
      assertThat(e.isTransient()).isFalse();
      kept = FIRST;
    }
    assertThat(open().load("c1").filter(kept::equals)).isPresent();
  }

  @Test
  void nobodyEverLoadsHalfADocument() {
    List<Secret> documents = List.of(Secret.of("a".repeat(50_000)), Secret.of("b".repeat(90_000)));
    open().save("c1", documents.get(0));
    Callable<Boolean> writer =
        () -> {
          StateStore store = open();
          for (int round = 0; round < 20; round++) {
            store.save("c1", documents.get(round % 2));
          }
          return true;
        };
    Callable<Boolean> reader =
        () -> {
          StateStore store = open();
          for (int round = 0; round < 60; round++) {
            if (store.load("c1").filter(documents::contains).isEmpty()) {
              return false;
            }
          }
          return true;
        };
    assertThat(Together.call(List.of(writer, reader, reader))).containsOnly(true);
  }

  @Test
  void oneHolderAtATimeHasTheLeaseOfACluster() {
    try (Lease lease = open().acquire("c1", Duration.ZERO)) {
      assertThat(lease.isHeld()).isTrue();
      assertThatThrownBy(() -> open().acquire("c1", Duration.ofMillis(50)))
          .isInstanceOfSatisfying(
              LeaseHeldException.class, e -> assertThat(e.isTransient()).isTrue());
      assertThat(lease.isHeld()).isTrue();
    }
  }

  @Test
  void theLeasesOfTwoClustersAreIndependent() {
    StateStore store = open();
    try (Lease one = store.acquire("c1", Duration.ZERO);
        Lease other = store.acquire("c2", Duration.ZERO)) {
      assertThat(one.isHeld()).isTrue();
      assertThat(other.isHeld()).isTrue();
    }
  }

  @Test
  void aLeaseThatWasReturnedIsFreeAtOnceAndReturningItAgainIsFine() {
    StateStore store = open();
    Lease first = store.acquire("c1", Duration.ZERO);
    first.close();
    assertThat(first.isHeld()).isFalse();
    try (Lease second = open().acquire("c1", Duration.ZERO)) {
      first.close();
      assertThat(second.isHeld()).isTrue();
      assertThatThrownBy(() -> store.acquire("c1", Duration.ZERO))
          .isInstanceOf(LeaseHeldException.class);
    }
  }

  @Test
  void savingAndLoadingNeedNoLeaseAndLeaveItAlone() {
    StateStore store = open();
    try (Lease lease = store.acquire("c1", Duration.ZERO)) {
      store.save("c1", FIRST);
      assertThat(open().load("c1")).contains(FIRST);
      store.delete("c1");
      assertThat(lease.isHeld()).isTrue();
    }
  }

  @Test
  void ofManyWhoWaitEachGetsTheLeaseAndNoTwoAtTheSameTime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Boolean>> runs = new ArrayList<>();
    for (int run = 0; run < 8; run++) {
      runs.add(
          () -> {
            StateStore store = open();
            try (Lease lease = store.acquire("c1", LONG)) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              store.save("c1", FIRST);
              inside.decrementAndGet();
              return lease.isHeld();
            }
          });
    }
    assertThat(Together.call(runs)).hasSize(8).containsOnly(true);
    assertThat(most).hasValue(1);
  }

  @Test
  void aStoreSaysNothingOfItsDocuments() {
    StateStore store = open();
    store.save("c1", FIRST);
    assertThat(store.toString()).doesNotContain("first");
    assertThat(String.valueOf(store.load("c1"))).doesNotContain("first");
    try (Lease lease = store.acquire("c1", Duration.ZERO)) {
      assertThatThrownBy(() -> store.acquire("c1", Duration.ZERO))
          .hasMessageContaining("c1")
          .hasMessageNotContaining("first");
      assertThat(lease.toString()).doesNotContain("first");
    }
  }
}
