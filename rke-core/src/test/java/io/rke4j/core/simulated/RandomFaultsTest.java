package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.testkit.RandomFaults;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever goes wrong, a run ends well or with an error of ours, and the next one, in which nothing
 * goes wrong, in the cluster. By itself it tries a few seeds; with {@code -Pconvergence} five
 * hundred; with {@code -Drke4j.seed=17} that one.
 */
class RandomFaultsTest {

  private static final long FEW = 6;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> whateverGoesWrongTheNextRunEndsInTheCluster() {
    return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> survive(seed)));
  }

  private static LongStream seeds() {
    Long one = Long.getLong("rke4j.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Long.getLong("rke4j.seeds", FEW));
  }

  private void survive(long seed) throws Exception {
    // A cluster of three takes three times as long.
    int hosts = seed % 4 == 0 ? 3 : 1;
    try (Trial trial = Trial.impatient(hosts, folder.resolve("seed-" + seed))) {
      RandomFaults faults = RandomFaults.of(seed, trial.fleet());
      try {
        faults.arm();
        trial.tryToBuild();
        faults.heal();
        trial.build();
      } catch (Throwable e) {
        throw new AssertionError(
            "with " + faults + "\nReplay: -Dtest=RandomFaultsTest -Drke4j.seed=" + seed, e);
      }
    }
  }

  @Test
  void theSameSeedDrawsTheSame() {
    try (Trial one = new Trial(1, folder.resolve("one"));
        Trial other = new Trial(1, folder.resolve("other"))) {
      RandomFaults first = RandomFaults.of(42, one.fleet());
      assertThat(first.toString()).isEqualTo(RandomFaults.of(42, other.fleet()).toString());
      assertThat(first.drawn()).hasSizeBetween(1, 5);
    }
  }
}
