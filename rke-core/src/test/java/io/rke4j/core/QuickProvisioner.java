package io.rke4j.core;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.core.builtin.docker.DockerRuntimeProvider;
import io.rke4j.core.builtin.docker.EnginePatience;
import io.rke4j.core.engine.Patience;
import io.rke4j.core.engine.Ticker;
import io.rke4j.core.ssh.SshPatience;
import io.rke4j.testkit.TestKeys;
import java.time.Duration;

/** The provisioner of production, for simulated hosts: it has keys, and hurries. */
public final class QuickProvisioner {

  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int ATTEMPTS = 4;

  private QuickProvisioner() {}

  /** What {@code ClusterProvisioner.builder()} gives, but for keys and pauses. */
  public static ClusterProvisioner.Builder builder() {
    return new ProvisionerBuilder()
        .patience(new Patience(GRACE, PAUSE, ATTEMPTS))
        .keys(TestKeys.shared());
  }

  /**
   * One that gives up hosts and engines after seconds of silence, and whose waits for whatever a
   * run waits for are over ten times as soon.
   */
  public static ClusterProvisioner.Builder impatient() {
    return new ProvisionerBuilder()
        .patience(new Patience(GRACE, PAUSE, ATTEMPTS, new Haste(10)))
        .patience(
            new SshPatience(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(1), 2))
        .keys(TestKeys.shared())
        .runtime(
            new DockerRuntimeProvider(
                new EnginePatience(Duration.ofSeconds(5), Duration.ofSeconds(6), PAUSE)));
  }

  /** A time that passes so many times as fast; nobody looks more often for it. */
  private record Haste(int times) implements Ticker {

    private static final int LEAST_MILLIS = 20;

    @Override
    public long nanoTime() {
      return System.nanoTime() * times;
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // whoever calls it loops
    public void await(Object monitor, long millis) throws InterruptedException {
      monitor.wait(Math.max(LEAST_MILLIS, millis / times));
    }
  }
}
