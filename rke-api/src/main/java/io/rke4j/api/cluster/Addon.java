package io.rke4j.api.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Manifests that the user wants in the cluster.
 *
 * @param name name of the ConfigMap that holds the manifest, and start of its Job's name; an RFC
 *     1123 label
 * @param manifest one or more YAML documents
 * @param critical whether a failure ends the run; if not, it is a warning
 */
public record Addon(String name, String manifest, boolean critical) {

  /** Checks that name and manifest are there. */
  public Addon {
    if (!name.matches("[a-z0-9]([-a-z0-9]{0,45}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "'" + name + "' is not an RFC 1123 label of at most 47 characters");
    }
    if (manifest.isBlank()) {
      throw new IllegalArgumentException("addon '" + name + "' has an empty manifest");
    }
  }

  /** A critical addon from text. */
  public static Addon inline(String name, String manifest) {
    return new Addon(name, manifest, true);
  }

  /**
   * A critical addon from a file, read now.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Addon manifest(String name, Path file) {
    try {
      return new Addon(name, Files.readString(file), true);
    } catch (IOException e) {
      throw new UncheckedIOException("addon '" + name + "': cannot read " + file, e);
    }
  }

  /** The same addon, but a failure to deploy it is only a warning. */
  public Addon optional() {
    return new Addon(name, manifest, false);
  }
}
