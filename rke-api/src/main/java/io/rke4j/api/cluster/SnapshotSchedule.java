package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.Locale;

/**
 * How often etcd is saved on its hosts, and how long a snapshot is kept.
 *
 * @param enabled whether snapshots are taken at all
 * @param every time between two snapshots
 * @param keepFor age at which a snapshot is deleted
 */
public record SnapshotSchedule(boolean enabled, Duration every, Duration keepFor) {

  /** RKE's default: every 12 hours, kept for 72. */
  public static final SnapshotSchedule DEFAULT =
      new SnapshotSchedule(true, Duration.ofHours(12), Duration.ofHours(72));

  /** Checks that an enabled schedule has positive times. */
  public SnapshotSchedule {
    if (enabled && (every.isNegative() || every.isZero() || keepFor.compareTo(every) < 0)) {
      throw new IllegalArgumentException(
          "snapshots every "
              + text(every)
              + " kept for "
              + text(keepFor)
              + " leave none: keep them for at least one interval");
    }
  }

  private static String text(Duration time) {
    return time.toString().replace("PT", "").toLowerCase(Locale.ROOT);
  }
}
