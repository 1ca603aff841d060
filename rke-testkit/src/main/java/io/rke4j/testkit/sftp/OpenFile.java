package io.rke4j.testkit.sftp;

import io.rke4j.testkit.host.FileEntry;
import java.time.Instant;
import java.util.Arrays;

/** A file that is open. What is written comes to the host when it is closed. */
final class OpenFile {

  private static final int SMALLEST = 8192;

  private final String path;
  private final boolean appends;
  private FileEntry entry;
  private byte[] content;
  private int size;
  private boolean changed;

  OpenFile(String path, FileEntry entry, boolean appends, boolean changed) {
    this.path = path;
    this.entry = entry;
    this.appends = appends;
    this.changed = changed;
    this.content = entry.content();
    this.size = content.length;
  }

  String path() {
    return path;
  }

  boolean isChanged() {
    return changed;
  }

  /** At most so many bytes from a place; none if the file ends before it. */
  byte[] read(long offset, int length) {
    if (offset >= size) {
      return new byte[0];
    }
    int from = Math.toIntExact(offset);
    return Arrays.copyOfRange(content, from, Math.min(size, from + length));
  }

  void write(long offset, byte[] bytes) {
    int from = appends ? size : Math.toIntExact(offset);
    int end = from + bytes.length;
    if (end > content.length) {
      content = Arrays.copyOf(content, Math.max(end, Math.max(SMALLEST, content.length * 2)));
    }
    System.arraycopy(bytes, 0, content, from, bytes.length);
    size = Math.max(size, end);
    changed = true;
    entry = entry.modifiedAt(Instant.now());
  }

  /** What lies on the host once it is closed. */
  FileEntry entry() {
    return FileEntry.file(entry.mode(), Arrays.copyOf(content, size))
        .ownedBy(entry.uid(), entry.gid())
        .modifiedAt(entry.modified());
  }

  void become(FileEntry other) {
    entry = other;
    content = other.content();
    size = content.length;
    changed = true;
  }
}
