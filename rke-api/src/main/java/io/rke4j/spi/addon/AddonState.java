package io.rke4j.spi.addon;

/** What a cluster holds of an addon. */
public enum AddonState {
  /** Nothing. */
  ABSENT,
  /** An older manifest, or a deployment that never came to its end. */
  OUTDATED,
  /** This manifest, deployed to its end. */
  DEPLOYED
}
