package io.rke4j.core;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.Pace;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.TestKeys;
import java.time.Duration;

/** The provisioner of production, for simulated hosts. */
public final class QuickProvisioner {

  private QuickProvisioner() {}

  /** What {@code ClusterProvisioner.builder()} gives, for these hosts. */
  public static ClusterProvisioner.Builder builder(SimulatedFleet fleet) {
    return ClusterProvisioner.builder()
        .hostKeys(new HostKeyPolicy.Pinned(fleet.fingerprints()))
        .pace(fleet.pace())
        .keys(TestKeys.shared());
  }

  /**
   * One that gives up hosts and engines after seconds of silence, and whose waits for whatever a
   * run waits for are over ten times as soon.
   */
  public static ClusterProvisioner.Builder impatient(SimulatedFleet fleet) {
    return builder(fleet).pace(new Impatience(fleet.pace()));
  }

  private record Impatience(Pace pace) implements Pace {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    @Override
    public Duration silence(String address, Duration usual) {
      Duration shorter = usual.dividedBy(5);
      return pace.silence(
          address, shorter.compareTo(LONGEST_SILENCE) < 0 ? shorter : LONGEST_SILENCE);
    }

    @Override
    public Duration pause(Duration usual) {
      return pace.pause(usual);
    }

    @Override
    public Duration waiting(Duration usual) {
      return usual.dividedBy(10);
    }
  }
}
