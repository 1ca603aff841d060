package io.rke4j.testkit.engine;

import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.FileView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Files of a container as tar archives. */
record TarFiles(FileView files) {

  private static final int PERMISSIONS = 07777;

  /** Unpacks an archive, perhaps a compressed one, into a folder. */
  void unpack(byte[] archive, String folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(plain(archive), StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        put(FileTree.normal(folder + "/" + entry.getName()), entry, tar);
      }
    }
  }

  /** The name of the first file in an archive that has contents; empty if there is none. */
  static Optional<String> firstFile(byte[] archive) {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(plain(archive), StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          return Optional.of(entry.getName());
        }
      }
    } catch (IOException e) {
      // Whoever unpacks it says what is wrong with it.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static InputStream plain(byte[] archive) throws IOException {
    InputStream bytes = new ByteArrayInputStream(archive);
    boolean compressed = archive.length > 1 && archive[0] == 0x1f && archive[1] == (byte) 0x8b;
    return compressed ? new GZIPInputStream(bytes) : bytes;
  }

  private void put(String path, TarArchiveEntry entry, InputStream content) throws IOException {
    FileEntry file;
    if (entry.isDirectory()) {
      if (path.equals("/")) {
        return;
      }
      file = FileEntry.folder(entry.getMode() & PERMISSIONS);
    } else if (entry.isSymbolicLink()) {
      file = FileEntry.link(entry.getLinkName());
    } else if (entry.isFile() && !entry.isLink()) {
      file = FileEntry.file(entry.getMode() & PERMISSIONS, content.readAllBytes());
    } else {
      return;
    }
    FileEntry owned =
        file.ownedBy((int) entry.getLongUserId(), (int) entry.getLongGroupId())
            .modifiedAt(entry.getLastModifiedTime().toInstant());
    // A link to a folder stays one, and the folder behind it gets the files.
    String place = entry.isDirectory() ? files.resolve(path) : files.resolveParent(path);
    files.tree().put(place, owned);
  }

  /**
   * Packs what lies at a path.
   *
   * @param place where it lies on the host
   * @param name what it is called in the archive
   */
  byte[] pack(String place, FileEntry top, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      add(tar, name, top);
      if (top.isFolder()) {
        for (Map.Entry<String, FileEntry> entry : files.tree().below(place).entrySet()) {
          String below = entry.getKey().substring(place.equals("/") ? 0 : place.length());
          add(tar, name + below, entry.getValue());
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, FileEntry file)
      throws IOException {
    TarArchiveEntry entry =
        switch (file.kind()) {
          case FOLDER -> new TarArchiveEntry(name + "/");
          case LINK -> new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
          case FILE -> new TarArchiveEntry(name);
          // The engine leaves sockets out, too.
          case SOCKET -> null;
        };
    if (entry == null) {
      return;
    }
    entry.setMode(file.mode());
    entry.setIds(file.uid(), file.gid());
    entry.setLastModifiedTime(java.nio.file.attribute.FileTime.from(file.modified()));
    boolean isFile = file.kind() == FileEntry.Kind.FILE;
    if (file.kind() == FileEntry.Kind.LINK) {
      entry.setLinkName(file.text());
    }
    entry.setSize(isFile ? file.size() : 0);
    tar.putArchiveEntry(entry);
    if (isFile) {
      tar.write(file.content());
    }
    tar.closeArchiveEntry();
  }
}
