package io.rke4j.api;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.VersionMetadata;
import java.nio.file.Path;

/** Reads a file that describes a cluster. Implemented once, by rke-core. */
public interface ClusterFileReader {

  /**
   * Reads and checks a {@code cluster.yml}.
   *
   * @param file the file; relative paths in it start at its folder
   */
  ClusterSpec read(Path file);

  /**
   * Reads and checks a {@code cluster.yml} that may name a version of these metadata.
   *
   * @param file the file; relative paths in it start at its folder
   * @param versions what is known of Kubernetes versions beside what the library brings along
   */
  ClusterSpec read(Path file, VersionMetadata versions);
}
