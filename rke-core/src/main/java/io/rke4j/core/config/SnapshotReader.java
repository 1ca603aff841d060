package io.rke4j.core.config;

import io.rke4j.api.cluster.ServicesBuilder;
import io.rke4j.api.cluster.SnapshotSchedule;
import io.rke4j.core.config.Place.Word;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how etcd is saved. */
record SnapshotReader(Place etcd, FileProblems problems) {

  private static final String BLOCK = "backup_config";

  void read(ServicesBuilder builder) {
    boolean wanted = etcd.truth("snapshot").orElse(true);
    if (etcd.hasSection(BLOCK)) {
      counted(etcd.section(BLOCK), builder);
    } else {
      byAge(builder);
    }
    if (!wanted) {
      builder.noSnapshots();
    }
  }

  private void byAge(ServicesBuilder builder) {
    Optional<Duration> every = span("creation", SnapshotSchedule.DEFAULT.every());
    Optional<Duration> keepFor = span("retention", SnapshotSchedule.DEFAULT.keepFor());
    if (every.isPresent() && keepFor.isPresent()) {
      builder.snapshots(every.get(), keepFor.get());
    }
  }

  /**
   * With the block switched off, RKE starts the container all the same, with times that it does not
   * run with; here there are no snapshots, as the block says.
   */
  private void counted(Place block, ServicesBuilder builder) {
    for (String key : List.of("creation", "retention")) {
      if (etcd.text(key).isPresent()) {
        problems.add(
            etcd.at(key), "has no effect beside " + etcd.at(BLOCK), "leave one of them out");
      }
    }
    boolean enabled = block.truth("enabled").orElse(true);
    Optional<Boolean> snapshot = etcd.truth("snapshot");
    boolean said = block.truth("enabled").isPresent() && snapshot.isPresent();
    if (said && enabled != snapshot.orElseThrow()) {
      problems.add(
          block.at("enabled"),
          "says the opposite of " + etcd.at("snapshot"),
          "give both the same value, or leave one out");
    }
    // RKE takes 0 for nothing said.
    builder.countedSnapshots(
        number(block, "interval_hours", SnapshotSchedule.DEFAULT_INTERVAL_HOURS),
        number(block, "retention", SnapshotSchedule.DEFAULT_KEPT));
    if (!enabled) {
      builder.noSnapshots();
    }
  }

  private static int number(Place block, String key, int byDefault) {
    return block.whole(key).filter(given -> given != 0).orElse(byDefault);
  }

  private Optional<Duration> span(String key, Duration byDefault) {
    Optional<Word> word = etcd.word(key);
    try {
      return Optional.of(word.map(given -> GoDuration.parse(given.text())).orElse(byDefault));
    } catch (IllegalArgumentException e) {
      problems.add(etcd.at(key), String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }
}
