package io.rke4j.api.cluster;

/**
 * A setting of a cloud provider. The constants bear the names of RKE's {@code cluster.yml}, where
 * their meaning is documented.
 */
public sealed interface CloudOption
    permits VsphereOption,
        VsphereServerOption,
        OpenstackOption,
        AzureOption,
        AwsOption,
        AwsServiceOption {

  /** What a setting holds. */
  enum Kind {
    /** A text of one line. */
    TEXT,
    /** A text of one line that must not be printed. */
    SECRET,
    /** True or false. */
    TRUTH,
    /** A whole number. */
    WHOLE
  }

  /** The block of {@code cluster.yml} that has it; empty if the provider has none. */
  String section();

  /** Its key in {@code cluster.yml}. */
  String key();

  /** What it holds. */
  Kind kind();

  /** Block and key. */
  default String path() {
    return section().isEmpty() ? key() : section() + "." + key();
  }
}
