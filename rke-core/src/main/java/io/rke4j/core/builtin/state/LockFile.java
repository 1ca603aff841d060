package io.rke4j.core.builtin.state;

import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.LeaseHeldException;
import io.rke4j.spi.state.StateStoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock that one holder has at a time, in this process and in all others.
 *
 * <p>Within a process a system property is the lock, and the file is not even opened by those who
 * wait: on POSIX, closing any descriptor of a file drops all locks that the process has on it. A
 * system property, unlike a static field, is also seen by a second copy of this class in another
 * class loader.
 */
final class LockFile {

  /** Lets time pass between two looks. */
  interface Pause {
    void lasting(Duration time);
  }

  private static final String PROPERTY = "io.rke4j.lease.";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
  private static final int LONGEST_HOLDER = 512;

  private static final Set<FileChannel> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

  private final String cluster;
  private final Path folder;
  private final Path file;
  private final Clock clock;
  private final Pause pause;

  LockFile(String cluster, Path folder, Clock clock, Pause pause) {
    this.cluster = cluster;
    this.folder = folder;
    this.file = folder.resolve(cluster + ".lock");
    this.clock = clock;
    this.pause = pause;
  }

  /** Takes the lock, looking again and again until a time is over. */
  Lease acquire(Duration atMost) throws IOException {
    Instant end = clock.instant().plus(atMost);
    String property = PROPERTY + folder.toRealPath() + "/" + cluster;
    Duration next = FIRST_PAUSE;
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        throw new OperationCancelledException("waiting to change cluster '" + cluster + "'");
      }
      Attempt attempt = attempt(property);
      if (attempt.lease().isPresent()) {
        return attempt.lease().get();
      }
      Duration left = Duration.between(clock.instant(), end);
      if (left.isZero() || left.isNegative()) {
        throw new LeaseHeldException(cluster, attempt.holder());
      }
      pause.lasting(shorter(next, left));
      next = shorter(next.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** What one look gave: the lease, or who has it. */
  private record Attempt(Optional<Lease> lease, String holder) {}

  private Attempt attempt(String property) throws IOException {
    String self =
        "process " + ProcessHandle.current().pid() + " on " + host() + " since " + clock.instant();
    Object other = System.getProperties().putIfAbsent(property, self);
    if (other != null) {
      return new Attempt(Optional.empty(), other.toString());
    }
    Attempt attempt = new Attempt(Optional.empty(), self);
    try {
      attempt = attemptOnFile(property, self);
      return attempt;
    } finally {
      if (attempt.lease().isEmpty()) {
        System.clearProperty(property);
      }
    }
  }

  private Attempt attemptOnFile(String property, String self) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnerFiles.OWNER_ONLY);
    boolean keep = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return new Attempt(Optional.empty(), read(channel));
      }
      channel.truncate(0).write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
      Lease lease = HeldLease.of(lock, file, property);
      keep = true;
      return new Attempt(Optional.of(lease), self);
    } catch (OverlappingFileLockException e) {
      // Somebody in this process cleared the property. Closing the channel would now take the lock
      // away from its holder.
      keep = NEVER_CLOSED.add(channel);
      throw new StateStoreException(
          file + " is locked by this process, but not on record",
          "Do not clear the system property " + property,
          e);
    } finally {
      if (!keep) {
        channel.close();
      }
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_HOLDER);
    int length = channel.read(text, 0);
    // The holder may have locked the file a moment ago and not written into it yet.
    return length < 1
        ? "another process"
        : new String(text.array(), 0, length, StandardCharsets.UTF_8);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
