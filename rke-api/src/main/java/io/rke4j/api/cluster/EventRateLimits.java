package io.rke4j.api.cluster;

import java.util.List;

/**
 * How many events the API server takes, so that a broken component does not flood etcd.
 *
 * @param enabled whether events are limited at all
 * @param limits the limits; if there are none, RKE's default of 5000 a second for the whole server
 */
public record EventRateLimits(boolean enabled, List<EventRateLimit> limits) {

  /** Any number of events. */
  public static final EventRateLimits OFF = new EventRateLimits(false, List.of());

  /** Copies the limits. */
  public EventRateLimits {
    limits = List.copyOf(limits);
  }
}
