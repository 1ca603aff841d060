package io.rke4j.testkit.kube.api;

import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The etcd behind an API server, as its requests feel it.
 *
 * @param state how it is at the moment
 * @param clock the time by which a server waits for it
 */
public record EtcdLink(Supplier<State> state, InstantSource clock) {

  /** How an etcd is; the later the worse. */
  public enum State {
    /** It answers. */
    HEALTHY,
    /** Members answer, but too few to agree on anything. */
    WITHOUT_LEADER,
    /** No member answers. */
    GONE;

    /** The worse of two. */
    State or(State other) {
      return compareTo(other) < 0 ? other : this;
    }
  }

  /** One that always answers. */
  public static EtcdLink healthy() {
    return new EtcdLink(() -> State.HEALTHY, InstantSource.system());
  }
}
