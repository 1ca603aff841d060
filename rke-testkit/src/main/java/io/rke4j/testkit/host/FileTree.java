package io.rke4j.testkit.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a simulated host, in memory, with modes and owners. Paths are absolute; {@code .},
 * {@code ..} and repeated slashes are taken out. Links are not followed here: see {@link FileView}.
 * Thread-safe.
 */
public final class FileTree {

  private final TreeMap<String, FileEntry> entries = new TreeMap<>();

  /** A tree with nothing but its root. */
  public FileTree() {
    entries.put("/", FileEntry.folder(0755));
  }

  /** A path without {@code .}, {@code ..}, and slashes that say nothing. */
  public static String normal(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/+", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  /** The folder that a path lies in; the root lies in itself. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** The last part of a path. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What lies at a path. */
  public synchronized Optional<FileEntry> find(String path) {
    return Optional.ofNullable(entries.get(normal(path)));
  }

  /** Whether something lies at a path. */
  public boolean exists(String path) {
    return find(path).isPresent();
  }

  /** The text of a file; empty if there is none. */
  public Optional<String> text(String path) {
    return find(path).filter(entry -> entry.kind() == FileEntry.Kind.FILE).map(FileEntry::text);
  }

  /** Puts something at a path, in place of what was there; missing folders are root's. */
  public synchronized void put(String path, FileEntry entry) {
    String place = normal(path);
    if (!place.equals("/")) {
      makeFolders(parent(place));
    }
    FileEntry before = entries.put(place, entry);
    if (before != null && before.isFolder() && !entry.isFolder()) {
      inside(place).clear();
    }
  }

  /** Makes a folder with those above it, each as root's with mode 755, unless they are there. */
  public synchronized void makeFolders(String path) {
    String place = normal(path);
    if (entries.containsKey(place)) {
      return;
    }
    makeFolders(parent(place));
    entries.put(place, FileEntry.folder(0755));
  }

  /** What lies directly in a folder: names in alphabetical order. */
  public synchronized List<String> children(String folder) {
    String prefix = prefix(normal(folder));
    return inside(normal(folder)).keySet().stream()
        .map(path -> path.substring(prefix.length()))
        .filter(name -> !name.isEmpty() && name.indexOf('/') < 0)
        .toList();
  }

  /** Everything in a folder, at any depth, by path; a copy. */
  public synchronized SortedMap<String, FileEntry> below(String folder) {
    TreeMap<String, FileEntry> below = new TreeMap<>(inside(normal(folder)));
    below.remove("/");
    return below;
  }

  /** Deletes what lies at a path, a folder with everything in it; false if there is nothing. */
  public synchronized boolean remove(String path) {
    String place = normal(path);
    if (place.equals("/")) {
      throw new IllegalArgumentException("the root folder stays");
    }
    inside(place).clear();
    return entries.remove(place) != null;
  }

  private SortedMap<String, FileEntry> inside(String place) {
    String prefix = prefix(place);
    // The slash and the character after it enclose everything that begins with the slash.
    return entries.subMap(prefix, prefix.substring(0, prefix.length() - 1) + '0');
  }

  private static String prefix(String place) {
    return place.equals("/") ? "/" : place + "/";
  }
}
