package io.rke4j.vsphere.internal.keys;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.vsphere.error.VsphereException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Keeps keys in files that only their owner may read. A key is made when it is first asked for, and
 * is in its file, whole, before anybody gets it: so what a machine was given is never lost, and of
 * several programs that ask at once all get the same one.
 *
 * @param path the folder; made when it is needed
 */
public record KeyFolder(Path path) {

  private static final FileAttribute<?> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** The file of the key that opens all machines. */
  public Path loginFile() {
    return path.resolve("id_ecdsa");
  }

  /** The key that opens all machines. */
  public SshKeyPair login() {
    return key(loginFile());
  }

  /** The key by which a node's machine is known. */
  public SshKeyPair host(NodeName node) {
    return key(hostFile(node));
  }

  /** Removes the key of a machine that is gone: the next one is another machine. */
  public void forget(NodeName node) {
    try {
      Files.deleteIfExists(hostFile(node));
    } catch (IOException e) {
      throw unusable(hostFile(node), "cannot be deleted", e);
    }
  }

  private Path hostFile(NodeName node) {
    return path.resolve("host-" + node);
  }

  private SshKeyPair key(Path file) {
    try {
      Optional<SshKeyPair> present = read(file);
      if (present.isPresent()) {
        return present.get();
      }
      make(file);
      return read(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    } catch (IOException e) {
      throw unusable(file, "cannot be kept", e);
    }
  }

  private static Optional<SshKeyPair> read(Path file) throws IOException {
    try {
      return Optional.of(SshKeyPair.parse(Secret.of(Files.readString(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw VsphereException.unusable(
          "key " + file,
          "is not one that this driver has made",
          "Move it away, or name another" + " folder");
    }
  }

  private void make(Path file) throws IOException {
    Files.createDirectories(path, FOLDER);
    Path fresh = Files.createTempFile(path, ".key", "", FILE);
    try {
      Files.writeString(fresh, SshKeyPair.generate().privateKey().reveal());
      // Unlike moving, linking never replaces a key that somebody else has just made.
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Then that one is it.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static VsphereException unusable(Path file, String problem, IOException cause) {
    return VsphereException.unanswered(
        "key " + file,
        problem + " (" + cause + ")",
        "Set keyFolder to a folder that this program may write to",
        false,
        cause);
  }
}
