package io.rke4j.testkit.sftp;

import io.rke4j.testkit.host.FileEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.apache.sshd.common.util.buffer.Buffer;

/** What files are like, as it is written in packets. */
final class Attributes {

  private static final int SIZE = 1;
  private static final int OWNER = 2;
  private static final int MODE = 4;
  private static final int TIMES = 8;
  private static final int EXTENDED = 0x80000000;
  private static final int UMASK = 022;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Attributes() {}

  static void write(FileEntry entry, Buffer to) {
    to.putInt(SIZE | OWNER | MODE | TIMES);
    to.putLong(entry.size());
    to.putInt(entry.uid());
    to.putInt(entry.gid());
    to.putInt(type(entry) | entry.mode());
    to.putInt(entry.modified().getEpochSecond());
    to.putInt(entry.modified().getEpochSecond());
  }

  /** A new entry with what a packet says, less what the usual umask takes away. */
  static FileEntry readNew(Buffer from, FileEntry entry) {
    FileEntry wanted = read(from, entry);
    return wanted.withMode(wanted.mode() & ~UMASK);
  }

  /** The entry with what a packet says, which may be little. */
  static FileEntry read(Buffer from, FileEntry entry) {
    FileEntry changed = entry;
    int flags = from.getInt();
    if ((flags & SIZE) != 0) {
      changed = resized(changed, from.getLong());
    }
    if ((flags & OWNER) != 0) {
      changed = changed.ownedBy(from.getInt(), from.getInt());
    }
    if ((flags & MODE) != 0) {
      changed = changed.withMode(from.getInt() & 07777);
    }
    if ((flags & TIMES) != 0) {
      from.getInt();
      changed = changed.modifiedAt(Instant.ofEpochSecond(from.getUInt()));
    }
    if ((flags & EXTENDED) != 0) {
      for (int count = from.getInt(); count > 0; count--) {
        from.getString();
        from.getString();
      }
    }
    return changed;
  }

  private static FileEntry resized(FileEntry entry, long size) {
    if (size == entry.size() || entry.kind() != FileEntry.Kind.FILE) {
      return entry;
    }
    byte[] content = Arrays.copyOf(entry.content(), Math.toIntExact(size));
    return FileEntry.file(entry.mode(), content).ownedBy(entry.uid(), entry.gid());
  }

  private static int type(FileEntry entry) {
    return switch (entry.kind()) {
      case FILE -> 0100000;
      case FOLDER -> 0040000;
      case LINK -> 0120000;
      case SOCKET -> 0140000;
    };
  }

  /** The line of {@code ls -l}. */
  static String line(String name, FileEntry entry) {
    StringBuilder mode = new StringBuilder();
    mode.append(
        switch (entry.kind()) {
          case FILE -> '-';
          case FOLDER -> 'd';
          case LINK -> 'l';
          case SOCKET -> 's';
        });
    for (int bit = 8; bit >= 0; bit--) {
      mode.append(((entry.mode() >> bit) & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
    }
    return String.format(
        Locale.ROOT,
        "%s    1 %-8d %-8d %8d %s %s",
        mode,
        entry.uid(),
        entry.gid(),
        entry.size(),
        TIME.format(entry.modified()),
        name);
  }
}
