package io.rke4j.api;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.VersionMetadata;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Reads RKE's {@code cluster.yml}. */
public final class ClusterFile {

  private ClusterFile() {}

  /**
   * Reads a {@code cluster.yml} and says everything that is wrong with it at once: unknown,
   * repeated and mistyped keys, missing values, values that do not fit together, each with its
   * line.
   *
   * @param file the file; relative paths in it start at its folder
   * @throws io.rke4j.api.cluster.InvalidSpecException naming every problem
   * @throws ProviderNotFoundException if rke-core is not there
   */
  public static ClusterSpec read(Path file) {
    return reader().read(file);
  }

  /**
   * Reads a {@code cluster.yml} as {@link #read(Path)} does; it may name a Kubernetes version of
   * these metadata. Give them to the provisioner, too.
   *
   * @param file the file; relative paths in it start at its folder
   * @param versions RKE's metadata
   * @throws io.rke4j.api.cluster.InvalidSpecException naming every problem of the file, or of the
   *     metadata
   * @throws ProviderNotFoundException if rke-core is not there
   */
  public static ClusterSpec read(Path file, VersionMetadata versions) {
    return reader().read(file, versions);
  }

  private static ClusterFileReader reader() {
    return ServiceLoader.load(ClusterFileReader.class)
        .findFirst()
        .orElseThrow(() -> new ProviderNotFoundException("cluster file reader", "rke-core"));
  }
}
