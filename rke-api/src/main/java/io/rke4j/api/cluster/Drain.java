package io.rke4j.api.cluster;

import java.time.Duration;

/** Whether pods leave a node before its kubelet or its proxies are replaced. */
public sealed interface Drain {

  /** They stay; only further ones are kept away meanwhile. */
  record Off() implements Drain {}

  /**
   * They are evicted, as by {@code kubectl drain}. Pods that a setting holds back are an error, and
   * the node stays as it is.
   *
   * @param force whether pods go that no controller would bring back
   * @param ignoreDaemonSets whether pods of DaemonSets may stay; they hold the node back otherwise
   * @param deleteLocalData whether pods go whose volumes of type emptyDir are then lost
   * @param gracePeriod seconds that pods get to end; their own wish if negative
   * @param timeout how long it may take, up to three hours
   */
  record On(
      boolean force,
      boolean ignoreDaemonSets,
      boolean deleteLocalData,
      int gracePeriod,
      Duration timeout)
      implements Drain {

    private static final Duration LONGEST = Duration.ofHours(3);
    private static final int LONGEST_GRACE = 86_400;

    /** RKE's: all of it may take two minutes, and nothing is forced. */
    public static final On DEFAULT = new On(false, true, false, -1, Duration.ofMinutes(2));

    /** Checks the times. */
    public On {
      if (timeout.toSeconds() < 1 || timeout.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "timeout must be from 1 to 10800 seconds, but is " + timeout.toSeconds());
      }
      if (gracePeriod < -1 || gracePeriod > LONGEST_GRACE) {
        throw new IllegalArgumentException(
            "grace_period must be -1, for the pods' own, or up to 86400 seconds, but is "
                + gracePeriod);
      }
    }
  }
}
