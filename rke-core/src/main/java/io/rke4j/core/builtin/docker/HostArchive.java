package io.rke4j.core.builtin.docker;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.runtime.HostFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Host files in the form in which the engine takes and gives them: a tar archive. */
final class HostArchive {

  private static final int PERMISSIONS = 0777;

  private HostArchive() {}

  /** Packs files, owned by root, with paths relative to the root folder. */
  static byte[] pack(List<HostFile> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (HostFile file : files) {
        byte[] content = content(file);
        tar.putArchiveEntry(entry(file, content.length));
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] content(HostFile file) {
    return file.kind() == HostFile.Kind.FILE
        ? file.content().reveal().getBytes(StandardCharsets.UTF_8)
        : new byte[0];
  }

  private static TarArchiveEntry entry(HostFile file, int size) {
    String path = file.path().substring(1);
    TarArchiveEntry entry =
        switch (file.kind()) {
          case FILE -> new TarArchiveEntry(path);
          case FOLDER -> new TarArchiveEntry(path + "/");
          case LINK -> new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        };
    if (file.kind() == HostFile.Kind.LINK) {
      entry.setLinkName(file.content().reveal());
    }
    entry.setMode(file.mode() & PERMISSIONS);
    entry.setSize(size);
    entry.setIds(file.owner().uid(), file.owner().gid());
    if (file.owner().equals(HostFile.Owner.ROOT)) {
      entry.setNames("root", "root");
    }
    return entry;
  }

  /** Reads an archive whose entries lie in the given folder. */
  static List<HostFile> unpack(InputStream archive, String folder) throws IOException {
    List<HostFile> files = new ArrayList<>();
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    TarArchiveInputStream tar = new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name());
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      HostFile.Owner owner =
          new HostFile.Owner((int) entry.getLongUserId(), (int) entry.getLongGroupId());
      file(tar, entry, prefix).map(file -> file.ownedBy(owner)).ifPresent(files::add);
    }
    return files;
  }

  private static Optional<HostFile> file(
      TarArchiveInputStream tar, TarArchiveEntry entry, String prefix) throws IOException {
    String path = prefix + entry.getName().replaceAll("/+$", "");
    int mode = entry.getMode() & PERMISSIONS;
    if (entry.isDirectory()) {
      return Optional.of(HostFile.folder(path, mode));
    }
    if (entry.isSymbolicLink()) {
      return Optional.of(HostFile.link(path, entry.getLinkName()));
    }
    return entry.isFile() && !entry.isLink()
        ? Optional.of(HostFile.file(path, mode, text(tar)))
        : Optional.empty();
  }

  private static Secret text(TarArchiveInputStream tar) throws IOException {
    return Secret.of(new String(tar.readAllBytes(), StandardCharsets.UTF_8));
  }
}
