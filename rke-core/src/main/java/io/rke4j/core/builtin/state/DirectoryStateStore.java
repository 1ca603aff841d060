package io.rke4j.core.builtin.state;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.StateStore;
import io.rke4j.spi.state.StateStoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps every cluster's document as {@code <cluster>.json} in a folder that only its owner may
 * enter. A document is replaced as a whole and reaches the disk before {@link #save} returns.
 *
 * <p>The lease is a lock of the operating system on {@code <cluster>.lock}: it ends with the
 * process that holds it, however that process ends. The folder may be on a network file system only
 * if that one passes locks on. File systems without owner and mode (FAT, Windows' own) are refused,
 * because nothing there would keep others from reading the keys.
 */
public final class DirectoryStateStore implements StateStore {

  private final OwnerFiles files;
  private final LockFile.Pause pause;
  private final Clock clock;

  DirectoryStateStore(Path folder, Clock clock, LockFile.Pause pause) {
    this.files = new OwnerFiles(folder.toAbsolutePath().normalize());
    this.clock = clock;
    this.pause = pause;
  }

  /** A store in a folder, which is made when it is first needed. */
  public static DirectoryStateStore at(Path folder) {
    return new DirectoryStateStore(
        folder, Clock.systemUTC(), time -> LockSupport.parkNanos(time.toNanos()));
  }

  @Override
  public Optional<Secret> load(String cluster) {
    Path document = document(cluster);
    try {
      return Optional.of(Secret.of(undisturbed(() -> files.read(document))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("cannot read " + document, e);
    }
  }

  @Override
  public void save(String cluster, Secret document) {
    Path target = document(cluster);
    try {
      undisturbed(
          () -> {
            files.prepareFolder();
            files.replace(target, document.reveal());
            return target;
          });
    } catch (IOException e) {
      throw failure("cannot write " + target, e);
    }
  }

  @Override
  public void delete(String cluster) {
    Path document = document(cluster);
    try {
      // The lock file stays: whoever waits for it has it open, and a new one in its place would
      // give two holders at once.
      undisturbed(
          () -> {
            files.removeLeftovers(document);
            files.delete(document);
            return document;
          });
    } catch (IOException e) {
      throw failure("cannot delete " + document, e);
    }
  }

  @Override
  public Lease acquire(String cluster, Duration atMost) {
    Path document = document(cluster);
    try {
      files.prepareFolder();
      Lease lease = new LockFile(cluster, files.folder(), clock, pause).acquire(atMost);
      removeLeftovers(document, lease);
      return lease;
    } catch (ClosedByInterruptException e) {
      throw new OperationCancelledException("waiting to change cluster '" + cluster + "'");
    } catch (IOException e) {
      throw failure("cannot lock cluster '" + cluster + "' in " + files.folder(), e);
    }
  }

  // With the lease held, nobody is in the middle of writing one of them.
  private void removeLeftovers(Path document, Lease lease) throws IOException {
    boolean removed = false;
    try {
      files.removeLeftovers(document);
      removed = true;
    } finally {
      if (!removed) {
        lease.close();
      }
    }
  }

  @Override
  public String toString() {
    return "state in " + files.folder();
  }

  private Path document(String cluster) {
    if (!cluster.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
      throw new IllegalArgumentException("'" + cluster + "' is not an RFC 1123 label");
    }
    return files.folder().resolve(cluster + ".json");
  }

  /** Reading or writing. */
  private interface Work<T> {
    T run() throws IOException;
  }

  // Java closes a file under an interrupted thread. A run that is cancelled still has to save what
  // it did, so the interrupt waits until that is on the disk.
  private static <T> T undisturbed(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static StateStoreException failure(String what, IOException e) {
    return new StateStoreException(
        what + ": " + e, "Check the folder, its owner and the space on the disk", e);
  }
}
