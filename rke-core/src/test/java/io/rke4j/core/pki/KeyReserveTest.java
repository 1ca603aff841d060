package io.rke4j.core.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.core.engine.RunControl;
import io.rke4j.spi.OperationCancelledException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyReserveTest {

  private final List<Runnable> background = new ArrayList<>();
  private final KeyReserve reserve = new KeyReserve();

  @Test
  void anExpectedKeyIsGeneratedInTheBackgroundAndGivenOnce() throws GeneralSecurityException {
    reserve.foresee(1, background::add);
    assertThat(background).hasSize(1);
    background.get(0).run();

    Map<String, KeyPair> first = keys("one");
    assertThat(background).as("generating").hasSize(2);
    assertThat(first.values())
        .extracting(key -> key.getPublic().getAlgorithm())
        .containsExactly("RSA");
    assertThat(keys("two").values()).doesNotContainAnyElementsOf(first.values());
  }

  @Test
  void noMoreKeysWaitThanTheLargestPlanNeeds() throws GeneralSecurityException {
    reserve.foresee(1, background::add);
    reserve.foresee(1, background::add);
    assertThat(background).as("generating").hasSize(1);
    reserve.foresee(2, background::add);
    assertThat(background).as("generating").hasSize(2);

    assertThat(keys("one", "two")).hasSize(2);
    background.clear();
    reserve.foresee(1, background::add);
    assertThat(background).as("generating").hasSize(1);
  }

  @Test
  void whoNeedsAKeyThatNobodyHasBegunGeneratesIt() throws GeneralSecurityException {
    reserve.foresee(1, background::add);
    assertThat(keys("one", "two")).containsOnlyKeys("one", "two").doesNotContainValue(null);
  }

  @Test
  void aClosedProvisionerGeneratesNoMore() throws GeneralSecurityException {
    List<Runnable> later = new ArrayList<>();
    reserve.foresee(1, background::add);
    Thread.currentThread().interrupt();
    background.get(0).run();
    assertThat(Thread.interrupted()).isTrue();

    RunControl cancelled = new RunControl();
    cancelled.cancel();
    assertThatThrownBy(() -> reserve.keys(List.of("one"), later::add, cancelled))
        .isInstanceOf(OperationCancelledException.class);
    assertThat(later).hasSize(1).allSatisfy(Runnable::run);
  }

  private Map<String, KeyPair> keys(String... names) throws GeneralSecurityException {
    return reserve.keys(List.of(names), background::add, new RunControl());
  }
}
