package io.rke4j.testkit.kube.api;

import io.rke4j.testkit.kube.api.EtcdLink.State;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What an API server does while its etcd does not answer: requests wait, for as long as a real one
 * lets them, and go on if it answers again by then. What needs no etcd is served: discovery, the
 * rights of callers, watches and whatever the server has in its cache.
 *
 * @param link its etcd
 * @param faults says what else is wrong with it
 * @param ended whether the server was closed
 */
record Etcd(EtcdLink link, Faults faults, BooleanSupplier ended) {

  /** Five seconds and two elections of a second each, as etcd has them unless it is told others. */
  private static final Duration REQUEST = Duration.ofSeconds(7);

  /** The server's {@code --request-timeout}: its client looks for another member until then. */
  private static final Duration SEARCH = Duration.ofSeconds(60);

  private static final Duration HEALTH_CHECK = Duration.ofSeconds(2);
  private static final long LOOK_NANOS = 20_000_000;

  private State state() {
    return link.state().get().or(faults.etcd());
  }

  /**
   * Waits for an etcd that does not answer.
   *
   * @throws KubeFailure if it does not in time
   */
  void require() {
    State seen = state();
    if (!answersWithin(seen == State.GONE ? SEARCH : REQUEST)) {
      throw seen == State.GONE
          ? KubeFailure.of(
              504, "Timeout", "Timeout: request did not complete within the allotted timeout")
          // An error that is none of Kubernetes' own has no reason.
          : KubeFailure.of(500, "", "etcdserver: request timed out");
    }
  }

  /** Whether it answers in time to a question that only asks for its health. */
  boolean isHealthy() {
    return answersWithin(HEALTH_CHECK);
  }

  private boolean answersWithin(Duration time) {
    Instant end = link.clock().instant().plus(time);
    while (state() != State.HEALTHY) {
      if (ended.getAsBoolean()
          || Thread.currentThread().isInterrupted()
          || !link.clock().instant().isBefore(end)) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }
}
