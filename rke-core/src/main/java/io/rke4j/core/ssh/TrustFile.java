package io.rke4j.core.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.Set;

/** A known_hosts file that learns hosts it has never seen. */
final class TrustFile {

  private static final Set<OpenOption> READ_AND_WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private TrustFile() {}

  /**
   * Judges a host's key; an unknown host is written down and trusted. Many hosts are met at once,
   * also by several programs, so looking and writing are one step.
   */
  static synchronized KnownHostsFile.Verdict judgeOrAdd(
      Path file, String host, int port, PublicKey key) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder, ownerOnly(file, "rwx------"));
    }
    try (FileChannel channel =
        FileChannel.open(file, READ_AND_WRITE, ownerOnly(file, "rw-------"))) {
      // Against other programs; closing the channel releases it.
      channel.lock();
      String text = read(channel);
      KnownHostsFile.Verdict verdict = KnownHostsFile.parse(text).judge(host, port, key);
      if (verdict != KnownHostsFile.Verdict.UNKNOWN) {
        return verdict;
      }
      String newLine = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
      append(channel, newLine + KnownHostsFile.line(host, port, key) + "\n");
      return KnownHostsFile.Verdict.TRUSTED;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (content.hasRemaining() && channel.read(content) >= 0) {}
    return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
  }

  private static void append(FileChannel channel, String line) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    channel.position(channel.size());
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file, String permissions) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
