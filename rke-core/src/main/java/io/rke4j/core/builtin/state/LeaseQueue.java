package io.rke4j.core.builtin.state;

import io.rke4j.core.builtin.state.LeaseObject.Seen;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.LeaseHeldException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes a lease, and waits for it if need be. Whether its holder is alive is seen by its renewals
 * and by nobody's clock but our own: one that is not renewed for as long as it lives belongs to
 * nobody. A holder that was killed is therefore waited out, also for longer than the caller allows,
 * and one that renews is an error once that time is over.
 */
final class LeaseQueue {

  private final LeaseObject object;
  private final LeaseTiming timing;
  private final String self;

  LeaseQueue(LeaseObject object, LeaseTiming timing) {
    this.object = object;
    this.timing = timing;
    this.self =
        "process %d on %s since %s (%s)"
            .formatted(
                ProcessHandle.current().pid(),
                host(),
                Instant.now(),
                UUID.randomUUID().toString().substring(0, 8));
  }

  Lease acquire(Duration atMost) {
    long start = System.nanoTime();
    String version = "";
    boolean renews = false;
    long unchangedSince = start;
    while (true) {
      Optional<Seen> seen = object.look();
      String holder = seen.map(Seen::holder).orElse("");
      String now = seen.map(Seen::version).orElse("");
      if (!now.equals(version)) {
        renews = !version.isEmpty();
        unchangedSince = System.nanoTime();
        version = now;
      }
      boolean isFree = holder.isEmpty() || isOver(unchangedSince, timing.life());
      if (isFree && object.write(seen, self, timing.life())) {
        return KubernetesLease.keep(object, self, timing);
      }
      if (!isFree && renews && isOver(start, atMost)) {
        throw new LeaseHeldException(object.cluster(), holder);
      }
      pause();
    }
  }

  private static boolean isOver(long since, Duration time) {
    return System.nanoTime() - since >= time.toNanos();
  }

  private void pause() {
    LockSupport.parkNanos(timing.look().toNanos());
    if (Thread.currentThread().isInterrupted()) {
      throw new OperationCancelledException("waiting to change cluster '" + object.cluster() + "'");
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
