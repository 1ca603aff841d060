package io.rke4j.testkit.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rke4j.testkit.ssh.SshKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;

/** Files that only their owner may read. */
final class OwnerOnly {

  private static final FileAttribute<?> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private OwnerOnly() {}

  /** The public half is written last: while it is not there, there is no key. */
  static void writeKey(Path folder, KeyPair key) throws IOException {
    Files.createDirectories(folder, FOLDER);
    write(folder.resolve("id_ecdsa"), SshKeys.pem(key));
    write(folder.resolve("id_ecdsa.pub"), SshKeys.line(key.getPublic()) + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".key", "", FILE);
    Files.writeString(fresh, text, UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Puts a file, or a folder with one file, into a folder of a container. It passes through a
   * folder here that is gone afterwards.
   */
  static void copy(String container, String into, Path path, String text) {
    try {
      Path root = Files.createTempDirectory("rke4j-docker", FOLDER);
      Path file = root.resolve(path);
      try {
        Files.createDirectories(file.getParent(), FOLDER);
        write(file, text);
        DockerCommand.ask("cp", root.resolve(path.getName(0)).toString(), container + ":" + into);
      } finally {
        Files.deleteIfExists(file);
        if (path.getNameCount() > 1) {
          Files.deleteIfExists(root.resolve(path.getName(0)));
        }
        Files.delete(root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
