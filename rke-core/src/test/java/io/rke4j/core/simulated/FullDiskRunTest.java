package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.error.RkeException;
import io.rke4j.spi.runtime.DiskFullException;
import io.rke4j.testkit.engine.EngineFault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks that are full from some moment of a run on, until somebody makes room. */
@Timeout(240)
class FullDiskRunTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "POST, /images/create,         pulling ",
    "POST, /containers/create,     creating ",
    "PUT,  /containers/,           writing files through ",
    "POST, /containers/etcd/start, starting etcd"
  })
  void theRunEndsWithWhatFoundNoRoomAndTheOneAfterTheCleanUpInTheCluster(
      String method, String path, String what) throws Exception {
    try (Trial trial = new Trial(1, folder)) {
      EngineFault full = new EngineFault.Meanwhile("its disk is full", trial.host()::fillDisk);
      trial.host().engineFaults().nth(1, request -> request.is(method, path), full);

      Optional<RkeException> failure = trial.tryToBuild();

      assertThat(failure).isPresent();
      // Other steps on the host may find no room in the same moment.
      assertThat(Stream.concat(Stream.of(failure.get().getCause()), suppressed(failure.get())))
          .allSatisfy(
              cause ->
                  assertThat(cause)
                      .isInstanceOf(DiskFullException.class)
                      .hasMessageContaining(
                          " on " + trial.host().address() + ": the disk of the host is full: ")
                      .hasMessageContaining(": no space left on device. Free some room")
                      .hasMessageContaining("df -h"))
          .anySatisfy(cause -> assertThat(cause).hasMessageStartingWith(what));
      assertThat(trial.tryToBuild()).isPresent();
      trial.host().freeDisk();
      trial.build();
    }
  }

  private static Stream<Throwable> suppressed(Throwable failure) {
    return Stream.of(failure.getSuppressed());
  }
}
