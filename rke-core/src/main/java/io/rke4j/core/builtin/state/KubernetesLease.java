package io.rke4j.core.builtin.state;

import io.rke4j.core.builtin.state.LeaseObject.Seen;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.state.Lease;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease in Kubernetes that was taken; a thread of its own renews it until it is closed. */
final class KubernetesLease implements Lease {

  private static final Logger log = LoggerFactory.getLogger(KubernetesLease.class);

  private final LeaseObject object;
  private final String self;
  private final LeaseTiming timing;
  private long renewed = System.nanoTime();
  private boolean lost;
  private boolean closed;

  private KubernetesLease(LeaseObject object, String self, LeaseTiming timing) {
    this.object = object;
    this.self = self;
    this.timing = timing;
  }

  static KubernetesLease keep(LeaseObject object, String self, LeaseTiming timing) {
    KubernetesLease lease = new KubernetesLease(object, self, timing);
    Thread keeper = new Thread(lease::keep, "rke-lease-" + object.cluster());
    keeper.setDaemon(true);
    keeper.start();
    return lease;
  }

  private void keep() {
    while (waitForNextRenewal()) {
      try {
        renew();
      } catch (ProviderException e) {
        // As long as it lives there is time to try again.
        log.warn("the lease of cluster '{}' cannot be renewed: {}", object.cluster(), e.toString());
      }
    }
  }

  private synchronized boolean waitForNextRenewal() {
    long end = System.nanoTime() + timing.renewal().toNanos();
    try {
      for (long left = timing.renewal().toMillis(); left > 0 && !closed && !lost; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !closed && !lost;
  }

  private void renew() {
    long begun = System.nanoTime();
    Optional<Seen> seen = object.look();
    boolean isOurs = seen.map(Seen::holder).filter(self::equals).isPresent();
    // One that was written meanwhile is looked at again next time.
    boolean isWritten = isOurs && object.write(seen, self, timing.life());
    synchronized (this) {
      lost |= !isOurs;
      renewed = isWritten ? begun : renewed;
    }
  }

  @Override
  public synchronized boolean isHeld() {
    return !closed && !lost && System.nanoTime() - renewed < timing.life().toNanos();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      notifyAll();
    }
    try {
      // A renewal that is under way may be in between, once.
      if (!release()) {
        release();
      }
    } catch (ProviderException e) {
      log.warn(
          "the lease of cluster '{}' is not given back and ends in {} s: {}",
          object.cluster(),
          timing.life().toSeconds(),
          e.toString());
    }
  }

  private boolean release() {
    Optional<Seen> seen = object.look();
    return seen.map(Seen::holder).filter(self::equals).isEmpty()
        || object.write(seen, "", timing.life());
  }
}
