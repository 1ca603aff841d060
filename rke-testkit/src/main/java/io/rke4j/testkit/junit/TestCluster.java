package io.rke4j.testkit.junit;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.testkit.RecordingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hosts of one test or class, what would be built on them, and by whom. */
final class TestCluster implements AutoCloseable {

  private final String owner;
  private final Path folder;
  private final Ground ground;
  private final Consumer<ClusterProvisioner.Builder> settings;
  private final RecordingListener events = new RecordingListener();
  private @Nullable ClusterProvisioner provisioner;

  /**
   * Makes the hosts.
   *
   * @param owner whose it is: what closes it again
   */
  TestCluster(String owner, Ground.Maker ground, Consumer<ClusterProvisioner.Builder> settings) {
    this.owner = owner;
    this.settings = settings;
    try {
      this.folder = Files.createTempDirectory("rke4j-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      this.ground = ground.make(folder);
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  boolean isOwnedBy(String somebody) {
    return owner.equals(somebody);
  }

  Object hosts() {
    return ground.hosts();
  }

  ClusterSpec spec() {
    return ground.spec();
  }

  RecordingListener events() {
    return events;
  }

  /** Only whoever asks for it needs rke-core. */
  synchronized ClusterProvisioner provisioner() {
    ClusterProvisioner made = provisioner;
    if (made == null) {
      ClusterProvisioner.Builder builder =
          ClusterProvisioner.builder().stateDirectory(folder.resolve("state")).listener(events);
      ground.introduceTo(builder);
      settings.accept(builder);
      made = builder.build();
      provisioner = made;
    }
    return made;
  }

  /** What there is of a type; empty if the type is none of ours. */
  Optional<Object> part(Class<?> type) {
    if (type == ClusterSpec.class) {
      return Optional.of(spec());
    }
    if (type == RecordingListener.class) {
      return Optional.of(events);
    }
    if (type == ClusterProvisioner.class) {
      return Optional.of(provisioner());
    }
    return type.isInstance(hosts()) ? Optional.of(hosts()) : Optional.empty();
  }

  @Override
  public synchronized void close() {
    try (ground) {
      if (provisioner != null) {
        provisioner.close();
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
