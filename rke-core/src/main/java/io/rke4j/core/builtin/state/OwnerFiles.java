package io.rke4j.core.builtin.state;

import io.rke4j.spi.state.StateStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Files that only their owner can read, in a folder that only its owner can change. */
final class OwnerFiles {

  /** Mode 0600, from the moment a file comes into being. */
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<PosixFilePermission> WRITE_FOR_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private static final Set<PosixFilePermission> READ_FOR_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private final Path folder;

  OwnerFiles(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Makes the folder if it is not there, and refuses one in which others could plant files. */
  void prepareFolder() throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      throw unprotected(folder + " is on a file system without owner and mode");
    }
    Files.createDirectories(folder, OWNERS_FOLDER);
    refuse(folder, WRITE_FOR_OTHERS, "can be changed by others", "chmod 700 ");
  }

  String read(Path file) throws IOException {
    String content = Files.readString(file);
    refuse(file, READ_FOR_OTHERS, "holds keys and can be read by others", "chmod 600 ");
    return content;
  }

  /** Puts a content in the place of a file: all of it or, if it fails, nothing. */
  void replace(Path file, String content) throws IOException {
    Path written = folder.resolve(leftoverPrefix(file) + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(
              written,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OWNER_ONLY)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
    forceFolder();
  }

  void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      forceFolder();
    }
  }

  /** Takes away what a process left that died while it was writing. */
  void removeLeftovers(Path file) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> leftovers =
          Files.newDirectoryStream(folder, leftoverPrefix(file) + "*")) {
        for (Path leftover : leftovers) {
          Files.deleteIfExists(leftover);
        }
      }
    }
  }

  // A rename is on the disk only once its folder is.
  private void forceFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String leftoverPrefix(Path file) {
    return "." + file.getFileName() + ".";
  }

  private static void refuse(
      Path path, Set<PosixFilePermission> unwanted, String problem, String remedy)
      throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      throw unprotected(path + " is on a file system without owner and mode");
    }
    if (!Collections.disjoint(view.readAttributes().permissions(), unwanted)) {
      throw new StateStoreException(path + " " + problem, "Run: " + remedy + path, null);
    }
  }

  private static StateStoreException unprotected(String problem) {
    return new StateStoreException(
        problem + ", so keys could not be kept from others there",
        "Choose a folder on a POSIX file system, or give the provisioner a StateStore of your own",
        null);
  }
}
