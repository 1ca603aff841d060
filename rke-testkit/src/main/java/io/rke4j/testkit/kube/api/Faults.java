package io.rke4j.testkit.kube.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which requests are to go wrong. Thread-safe. */
public final class Faults {

  private final List<Planned> planned = new ArrayList<>();
  private volatile Duration delay = Duration.ZERO;
  private volatile EtcdLink.State etcd = EtcdLink.State.HEALTHY;

  /** No request goes wrong yet. */
  public Faults() {}

  private static final class Planned {

    private final Predicate<ApiRequest> matching;
    private final Fault fault;
    private int before;
    private int left;

    Planned(Predicate<ApiRequest> matching, Fault fault, int before, int left) {
      this.matching = matching;
      this.fault = fault;
      this.before = before;
      this.left = left;
    }
  }

  /** Lets one request go wrong: of those that match, the nth from now, counted from one. */
  public synchronized void nth(int nth, Predicate<ApiRequest> matching, Fault fault) {
    planned.add(new Planned(matching, fault, nth - 1, 1));
  }

  /** Lets the next requests that match go wrong, so many of them. */
  public synchronized void next(int count, Predicate<ApiRequest> matching, Fault fault) {
    planned.add(new Planned(matching, fault, 0, count));
  }

  /** Has every request answered so much later, as over a long way; faults are not affected. */
  public void delayAll(Duration time) {
    delay = time;
  }

  /**
   * Has most members of etcd be lost, until they are {@linkplain #regainQuorum regained}: what is
   * not in the server's cache is neither read nor written. Requests wait seven seconds and are
   * answered with 500, {@code etcdserver: request timed out}; health checks wait two and name etcd.
   */
  public void loseQuorum() {
    etcd = EtcdLink.State.WITHOUT_LEADER;
  }

  /** Has so many members be there again that they agree. */
  public void regainQuorum() {
    etcd = EtcdLink.State.HEALTHY;
  }

  /** How etcd is, as far as it was decided here. */
  EtcdLink.State etcd() {
    return etcd;
  }

  /** How much later requests are answered. */
  Duration delay() {
    return delay;
  }

  /** Lets no further request go wrong. */
  public synchronized void clear() {
    planned.clear();
  }

  synchronized Optional<Fault> of(ApiRequest request) {
    Optional<Fault> found = Optional.empty();
    for (Planned one : planned) {
      if (!one.matching.test(request)) {
        continue;
      }
      if (one.before > 0) {
        one.before--;
      } else if (one.left > 0 && found.isEmpty()) {
        one.left--;
        found = Optional.of(one.fault);
      }
    }
    planned.removeIf(one -> one.left == 0);
    return found;
  }
}
