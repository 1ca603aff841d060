package io.rke4j.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong in one run, drawn by a seed: one to five mishaps of all that the simulator knows,
 * at moments of the run. The same seed draws the same mishaps for a fleet of the same size. For one
 * run; the methods may be called by any thread.
 */
public final class RandomFaults {

  private static final int MOST = 5;

  private final long seed;
  private final SimulatedFleet fleet;
  private final List<Mishap> mishaps = new ArrayList<>();

  /**
   * Something that goes wrong.
   *
   * @param words what, where and when
   * @param arm sees to it that it will
   */
  record Mishap(String words, Runnable arm) {}

  private RandomFaults(long seed, SimulatedFleet fleet) {
    this.seed = seed;
    this.fleet = fleet;
    Random random = new Random(seed);
    // The first numbers of neighbouring seeds are alike.
    random.nextLong();
    MishapKinds kinds = new MishapKinds(random, fleet);
    int count = 1 + random.nextInt(MOST);
    for (int number = 0; number < count; number++) {
      mishaps.add(kinds.draw());
    }
  }

  /** Draws; nothing goes wrong yet. */
  public static RandomFaults of(long seed, SimulatedFleet fleet) {
    return new RandomFaults(seed, fleet);
  }

  /** What they were drawn by. */
  public long seed() {
    return seed;
  }

  /** What goes wrong, in words. */
  public List<String> drawn() {
    return mishaps.stream().map(Mishap::words).toList();
  }

  /** Sees to it that all this goes wrong from now on. */
  public void arm() {
    mishaps.forEach(mishap -> mishap.arm().run());
  }

  /**
   * Ends what goes wrong, makes room on disks, sets clocks right, and brings hosts up that are
   * down. What has happened to containers and files stays.
   */
  public void heal() {
    fleet.apiFaults().clear();
    fleet.apiFaults().regainQuorum();
    fleet.endings().clear();
    fleet.registries().repair();
    for (SimulatedHost host : fleet.hosts()) {
      host.engineFaults().clear();
      host.speakAgain();
      host.freeDisk();
      host.skewClock(Duration.ZERO);
      host.switchOn();
    }
  }

  @Override
  public String toString() {
    return "seed " + seed + ": " + String.join("; ", drawn());
  }
}
