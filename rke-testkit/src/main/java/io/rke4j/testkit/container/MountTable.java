package io.rke4j.testkit.container;

import io.rke4j.testkit.host.FileTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the folders of a container lie on its host.
 *
 * @param root where its own files lie
 * @param mounts what is mounted into it
 */
public record MountTable(String root, List<Mount> mounts) {

  /**
   * One mount.
   *
   * @param volume the name of the volume; empty for a folder or file of the host
   * @param source where it lies on the host
   * @param destination where the container sees it
   * @param mode options as they were given, for example {@code ro} or {@code z}
   */
  public record Mount(String volume, String source, String destination, String mode) {
    /** Whether the container may write into it. */
    public boolean writable() {
      return !List.of(mode.split(",", -1)).contains("ro");
    }

    /** {@code bind} or {@code volume}. */
    public String type() {
      return volume.isEmpty() ? "bind" : "volume";
    }
  }

  /** Copies the mounts. */
  public MountTable {
    mounts = List.copyOf(mounts);
  }

  /** Where a path of the container lies on the host, links left alone. */
  public String toHost(String path) {
    String place = FileTree.normal(path);
    Mount best = null;
    for (Mount mount : mounts) {
      boolean inside =
          place.equals(mount.destination()) || place.startsWith(slashed(mount.destination()));
      if (inside && (best == null || mount.destination().length() > best.destination().length())) {
        best = mount;
      }
    }
    return best == null
        ? FileTree.normal(root + place)
        : FileTree.normal(best.source() + place.substring(best.destination().length()));
  }

  private static String slashed(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }

  /** This table with the mounts of others, which give way where they collide. */
  MountTable with(List<Mount> others) {
    List<Mount> all = new ArrayList<>(mounts);
    for (Mount other : others) {
      if (all.stream().noneMatch(mount -> mount.destination().equals(other.destination()))) {
        all.add(other);
      }
    }
    return new MountTable(root, all);
  }
}
