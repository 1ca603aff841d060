package io.rke4j.testkit.container;

import io.rke4j.testkit.host.FileTree;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The volumes of one host. Thread-safe. */
public final class Volumes {

  private static final String FOLDER = "/var/lib/docker/volumes/";

  private final FileTree files;
  private final TreeMap<String, Volume> volumes = new TreeMap<>();

  /** No volumes yet. */
  public Volumes(FileTree files) {
    this.files = files;
  }

  /**
   * A volume.
   *
   * @param name its name
   * @param anonymous whether nobody gave it that name
   * @param labels what it was given
   * @param created when it was made
   */
  public record Volume(
      String name, boolean anonymous, Map<String, String> labels, Instant created) {
    /** Where its files lie on the host. */
    public String folder() {
      return FOLDER + name + "/_data";
    }
  }

  /** The volume with that name, made if it is not there. */
  public synchronized Volume ensure(String name, Map<String, String> labels) {
    return volumes.computeIfAbsent(name, key -> make(key, false, labels));
  }

  synchronized Volume anonymous() {
    String name = Ids.fresh();
    Volume volume = make(name, true, Map.of());
    volumes.put(name, volume);
    return volume;
  }

  private Volume make(String name, boolean anonymous, Map<String, String> labels) {
    Volume volume = new Volume(name, anonymous, Map.copyOf(labels), Instant.now());
    files.makeFolders(volume.folder());
    return volume;
  }

  /** The volume with that name. */
  public synchronized Optional<Volume> find(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  /** All volumes by name. */
  public synchronized SortedMap<String, Volume> all() {
    return new TreeMap<>(volumes);
  }

  /** Deletes a volume with its files; nothing happens if there is none. */
  public synchronized void remove(String name) {
    if (volumes.remove(name) != null) {
      files.remove(FOLDER + name);
    }
  }
}
