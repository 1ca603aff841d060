package io.rke4j.spi.addon;

import io.rke4j.spi.OperationContext;
import java.time.Duration;
import java.util.Set;

/**
 * Puts manifests into a cluster and takes them out. Thread-safe. Failures are {@link
 * io.rke4j.spi.ProviderException}s.
 */
public interface AddonDeployer extends AutoCloseable {

  /** What the cluster holds of an addon. Read-only. */
  AddonState state(AddonManifest addon);

  /** The names of all addons that this deployer has put there. Read-only. */
  Set<String> deployed();

  /**
   * Puts the manifest into the cluster and waits until it is applied. Where this very manifest is
   * already applied, does nothing.
   */
  void deploy(AddonManifest addon, Duration atMost, OperationContext context);

  /** Takes out what the addon of that name put in; where there is none, does nothing. */
  void remove(String name, Duration atMost, OperationContext context);

  @Override
  void close();
}
