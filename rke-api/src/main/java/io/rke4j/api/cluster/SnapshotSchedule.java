package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.Locale;

/**
 * How often etcd is saved on its hosts, and how long a snapshot is kept.
 *
 * @param enabled whether snapshots are taken at all
 * @param every time between two snapshots
 * @param keepFor age at which a snapshot is deleted
 * @param kept how many snapshots that age leaves, if they were asked for by number; 0 if by age
 */
public record SnapshotSchedule(boolean enabled, Duration every, Duration keepFor, int kept) {

  /** RKE's default of {@code backup_config.interval_hours}. */
  public static final int DEFAULT_INTERVAL_HOURS = 12;

  /** RKE's default of {@code backup_config.retention}. */
  public static final int DEFAULT_KEPT = 6;

  private static final int LONGEST_INTERVAL_HOURS = 24 * 366;
  private static final int MOST_KEPT = 10_000;

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

  /** Snapshots that are kept until they are this old. */
  public SnapshotSchedule(boolean enabled, Duration every, Duration keepFor) {
    this(enabled, every, keepFor, 0);
  }

  /**
   * So many snapshots, taken every so many hours. As RKE does it, they are then deleted by their
   * age, which is both numbers multiplied.
   *
   * @throws IllegalArgumentException if a number is not positive, or beyond what can be meant
   */
  public static SnapshotSchedule counted(int intervalHours, int kept) {
    check("interval_hours", intervalHours, LONGEST_INTERVAL_HOURS);
    check("retention", kept, MOST_KEPT);
    Duration every = Duration.ofHours(intervalHours);
    return new SnapshotSchedule(true, every, every.multipliedBy(kept), kept);
  }

  private static void check(String name, int number, int highest) {
    if (number < 1 || number > highest) {
      throw new IllegalArgumentException(
          name + " must be from 1 to " + highest + ", but is " + number);
    }
  }

  private static String text(Duration time) {
    return time.toString().replace("PT", "").toLowerCase(Locale.ROOT);
  }
}
