package io.rke4j.api.cluster;

/** How Kubernetes replaces the pods of a Deployment or DaemonSet when they change. */
public sealed interface UpdateStrategy {

  /** As RKE does it for that addon. */
  UpdateStrategy USUAL = new Usual();

  /** As RKE does it for that addon. */
  record Usual() implements UpdateStrategy {}

  /**
   * A few pods at a time. If both numbers are empty, it is {@link #USUAL}.
   *
   * @param maxUnavailable how many may be missing, as a number or a percentage such as {@code 25%};
   *     empty for Kubernetes' default
   * @param maxSurge how many there may be beyond those wanted; Deployments only; empty for
   *     Kubernetes' default
   */
  record Rolling(String maxUnavailable, String maxSurge) implements UpdateStrategy {

    /** Checks that both are numbers or percentages. */
    public Rolling {
      check("maxUnavailable", maxUnavailable);
      check("maxSurge", maxSurge);
    }

    private static void check(String name, String amount) {
      if (!amount.matches("|\\d{1,6}|\\d{1,3}%")) {
        throw new IllegalArgumentException(
            name + " '" + amount + "' is neither a number nor a percentage");
      }
    }
  }

  /** All old pods go before the first new one comes; Deployments only. */
  record Recreate() implements UpdateStrategy {}

  /** A pod changes when the user deletes the old one; DaemonSets only. */
  record OnDelete() implements UpdateStrategy {}

  /** A few pods at a time; see {@link Rolling}. */
  static UpdateStrategy rolling(String maxUnavailable) {
    return new Rolling(maxUnavailable, "");
  }
}
