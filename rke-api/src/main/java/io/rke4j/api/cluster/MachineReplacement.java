package io.rke4j.api.cluster;

import java.time.Duration;

/** Whether a node gets a new machine when nobody reaches the one that it has. */
public sealed interface MachineReplacement {

  /** It does not: a host that cannot be reached ends a run. */
  record Never() implements MachineReplacement {}

  /**
   * A run replaces it when Kubernetes has not heard of it for a while and this program does not
   * reach it either. Only for workers on machines that a driver makes: a member of etcd or of the
   * control plane takes more with it than itself.
   *
   * @param group what the node is one of: its pool, or it alone
   * @param after how long Kubernetes must have heard nothing; a minute at least, since Kubernetes
   *     itself takes most of one to notice
   * @param atMost how many of the group are replaced at the same time; a further machine is only
   *     destroyed when those before it have been made anew
   */
  record WhenUnreachable(String group, Duration after, int atMost) implements MachineReplacement {

    private static final Duration LONGEST = Duration.ofDays(30);

    /** Checks time and number. */
    public WhenUnreachable {
      if (after.compareTo(Duration.ofMinutes(1)) < 0 || after.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "a node is replaced after 1 minute to 30 days, and not after " + after);
      }
      if (atMost < 1) {
        throw new IllegalArgumentException(
            "one node at a time has to be replaced at least, and not " + atMost);
      }
    }
  }
}
