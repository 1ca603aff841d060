package io.rke4j.core.builtin.state;

import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.StateStoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lock that was taken. */
final class HeldLease implements Lease {

  private final FileLock lock;
  private final Path file;
  private final Object identity;
  private final String property;
  private final AtomicBoolean closed = new AtomicBoolean();

  private HeldLease(FileLock lock, Path file, Object identity, String property) {
    this.lock = lock;
    this.file = file;
    this.identity = identity;
    this.property = property;
  }

  static HeldLease of(FileLock lock, Path file, String property) throws IOException {
    return new HeldLease(lock, file, identity(file), property);
  }

  // Where somebody deleted the file, others lock a new one: then the right is lost.
  @Override
  public boolean isHeld() {
    try {
      return !closed.get() && lock.isValid() && identity.equals(identity(file));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (FileChannel channel = lock.channel()) {
      if (channel.isOpen()) {
        // So that the next holder is not taken for this one before it has written its own name.
        channel.truncate(0);
      }
    } catch (IOException e) {
      throw new StateStoreException(
          "cannot release " + file + ": " + e, "It is released when this process ends", e);
    } finally {
      System.clearProperty(property);
    }
  }

  private static Object identity(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file : key;
  }
}
