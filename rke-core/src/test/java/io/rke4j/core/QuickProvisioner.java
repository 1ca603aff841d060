package io.rke4j.core;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.core.engine.Patience;
import io.rke4j.testkit.TestKeys;
import java.time.Duration;

/** The provisioner of production, for simulated hosts: it has keys, and hurries. */
public final class QuickProvisioner {

  private static final Patience LITTLE =
      new Patience(Duration.ofMillis(500), Duration.ofMillis(20), 4);

  private QuickProvisioner() {}

  /** What {@code ClusterProvisioner.builder()} gives, but for keys and pauses. */
  public static ClusterProvisioner.Builder builder() {
    return new ProvisionerBuilder().patience(LITTLE).keys(TestKeys.shared());
  }
}
