package io.rke4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.testkit.PatientContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the library relies on in a {@link NodeDriver} that makes machines, beyond {@link
 * NodeDriverContract}:
 *
 * <ul>
 *   <li>no machine is there before it is made, and none after it was destroyed; other nodes' ones
 *       stay
 *   <li>a machine that was destroyed can be made again
 *   <li>a creation that is cancelled leaves nothing that {@code exists} does not tell and {@code
 *       destroy} does not take; and a later creation succeeds
 * </ul>
 */
public abstract class MachineMakingContract extends NodeDriverContract {

  /** For those who extend it. */
  protected MachineMakingContract() {}

  @Test
  void noMachineIsThereBeforeItIsMadeNorAfterItWasDestroyed() throws Exception {
    NodeDriver driver = driver();
    assertThat(driver.find(one())).isEmpty();
    assertThat(driver.exists(one())).isFalse();
    driver.create(one(), context());
    assertThat(driver.find(other())).isEmpty();
    driver.destroy(one(), context());
    assertThat(driver.find(one())).isEmpty();
    assertThat(driver.exists(one())).isFalse();
    assertThat(driver().exists(one())).isFalse();
  }

  @Test
  void destroyingOneMachineLeavesTheOthersAlone() throws Exception {
    NodeDriver driver = driver();
    Machine stays = driver.create(one(), context());
    driver.create(other(), context());
    driver.destroy(other(), context());
    assertThat(driver.find(one())).contains(stays);
    assertThat(driver.exists(other())).isFalse();
  }

  @Test
  void aMachineThatWasDestroyedCanBeMadeAgain() throws Exception {
    NodeDriver driver = driver();
    driver.create(one(), context());
    driver.destroy(one(), context());
    Machine again = driver.create(one(), context());
    assertThat(driver.find(one())).contains(again);
  }

  @Test
  void aCancelledCreationLeavesNothingThatIsNotDestroyedAndIsDoneLater() throws Exception {
    NodeDriver driver = driver();
    PatientContext cancelled = new PatientContext();
    cancelled.cancel();
    Optional<Machine> made = Optional.empty();
    try {
      made = Optional.of(driver.create(one(), cancelled));
    } catch (OperationCancelledException e) {
      assertThat(e).hasMessageContaining("cancelled");
    }
    // Whoever is done before anybody asks has nothing to stop.
    assertThat(driver.find(one()).isPresent() || made.isEmpty()).isTrue();
    driver.destroy(one(), context());
    assertThat(driver.exists(one())).isFalse();
    assertThat(driver.find(one())).isEmpty();
    driver.create(one(), context());
    assertThat(driver.find(one())).isPresent();
  }
}
