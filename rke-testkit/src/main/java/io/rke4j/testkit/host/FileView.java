package io.rke4j.testkit.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The files of a host as somebody sees them who looks through mounts: every path leads to one of
 * the host's file tree. Links are followed as the one who looks sees them.
 */
public final class FileView {

  private static final int MOST_LINKS = 40;

  private final FileTree tree;
  private final UnaryOperator<String> toHost;

  /**
   * A view.
   *
   * @param tree the host's files
   * @param toHost where a path of the viewer lies on the host
   */
  public FileView(FileTree tree, UnaryOperator<String> toHost) {
    this.tree = tree;
    this.toHost = toHost;
  }

  /** The view of the host itself. */
  public static FileView of(FileTree tree) {
    return new FileView(tree, UnaryOperator.identity());
  }

  /** The host's files. */
  public FileTree tree() {
    return tree;
  }

  /** Where a path lies on the host, with all links followed, also a last one. */
  public String resolve(String path) {
    return toHost.apply(follow(path, true));
  }

  /** The same, but what lies at the end is taken for itself, should it be a link. */
  public String resolveParent(String path) {
    return toHost.apply(follow(path, false));
  }

  /** What lies at a path, with links followed. */
  public Optional<FileEntry> find(String path) {
    return tree.find(resolve(path));
  }

  /** The text of a file; empty if there is none. */
  public Optional<String> text(String path) {
    return tree.text(resolve(path));
  }

  /** Puts something at a path. */
  public void put(String path, FileEntry entry) {
    tree.put(resolveParent(path), entry);
  }

  private String follow(String path, boolean last) {
    Deque<String> rest = parts(path);
    String place = "";
    int links = 0;
    while (!rest.isEmpty()) {
      String next = place + "/" + rest.pop();
      Optional<FileEntry> entry = tree.find(toHost.apply(FileTree.normal(next)));
      boolean link = entry.isPresent() && entry.get().kind() == FileEntry.Kind.LINK;
      if (link && (last || !rest.isEmpty()) && links++ < MOST_LINKS) {
        String target = entry.get().text();
        String whole = target.startsWith("/") ? target : place + "/" + target;
        String remaining = String.join("/", rest);
        rest = parts(FileTree.normal(whole + "/" + remaining));
        place = "";
      } else {
        place = next;
      }
    }
    return FileTree.normal(place);
  }

  private static Deque<String> parts(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : FileTree.normal(path).split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }
}
