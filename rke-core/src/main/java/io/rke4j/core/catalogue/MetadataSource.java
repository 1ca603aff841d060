package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.VersionMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gets RKE's metadata from where they are. */
final class MetadataSource {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private MetadataSource() {}

  /**
   * The metadata.
   *
   * @throws InvalidSpecException if they cannot be had or read
   */
  static MetadataDownload.Fetched of(VersionMetadata source) {
    if (source instanceof VersionMetadata.AtUrl url) {
      return fetch(url);
    }
    return new MetadataDownload.Fetched(
        read(((VersionMetadata.InFile) source).file()), Optional.empty());
  }

  private static MetadataDownload.Fetched fetch(VersionMetadata.AtUrl url) {
    // An address may have a password before its host and in its query.
    String subject = "metadata of " + url.address().getHost();
    try {
      return new MetadataDownload(url.address(), url.cache(), PATIENCE)
          .fetch(json -> MetadataFile.read(subject, json));
    } catch (IOException e) {
      throw unavailable(
          subject, "cannot be fetched: " + e.getMessage(), "check the address, or take a file");
    }
  }

  private static Metadata read(Path file) {
    String subject = "metadata " + file.getFileName();
    try {
      if (Files.size(file) > MetadataDownload.LARGEST) {
        throw unavailable(subject, "is larger than 64 MiB", "");
      }
      return MetadataFile.read(subject, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw unavailable(subject, "does not exist", "");
    } catch (IOException e) {
      throw unavailable(subject, "cannot be read: " + e.getMessage(), "");
    }
  }

  private static InvalidSpecException unavailable(String subject, String problem, String hint) {
    return new InvalidSpecException(subject, List.of(new SpecProblem("$", problem, hint)));
  }
}
