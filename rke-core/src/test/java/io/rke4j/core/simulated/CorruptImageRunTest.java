package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.error.RkeException;
import io.rke4j.spi.runtime.RegistryException;
import io.rke4j.spi.runtime.RegistryException.Reason;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that come damaged. */
@Timeout(240)
class CorruptImageRunTest {

  private static final String ETCD = "rancher/mirrored-coreos-etcd:v3.4.15-rancher1";

  @TempDir private Path folder;

  @Test
  void oneThatComesDamagedOnceIsPulledAgain() throws Exception {
    try (Trial trial = Trial.impatient(1, folder)) {
      trial.fleet().registries().corrupt(ETCD, 1);
      trial.build();
      assertThat(trial.host().docker().images().find(ETCD)).isPresent();
    }
  }

  @Test
  void oneThatIsDamagedEachTimeEndsTheRunWithImageRegistryAndDigest() throws Exception {
    try (Trial trial = Trial.impatient(1, folder)) {
      trial.fleet().registries().corrupt(ETCD);

      Optional<RkeException> failure = trial.tryToBuild();

      assertThat(failure).isPresent();
      assertThat(failure.get().getCause())
          .isInstanceOfSatisfying(
              RegistryException.class,
              refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.CORRUPT);
                assertThat(refused.hint()).contains("proxies, caches and mirrors");
              })
          .hasMessageStartingWith("cannot pull " + ETCD + " on " + trial.host().address())
          .hasMessageContaining("gives a layer that is not what its digest says (filesystem layer")
          .hasMessageContaining("sha256:");
      trial.fleet().registries().admit(ETCD);
      trial.build();
    }
  }
}
