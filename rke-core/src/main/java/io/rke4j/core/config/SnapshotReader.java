package io.rke4j.core.config;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.ServicesBuilder;
import io.rke4j.api.cluster.SnapshotBucket;
import io.rke4j.api.cluster.SnapshotBucket.Keys;
import io.rke4j.api.cluster.SnapshotSchedule;
import io.rke4j.core.config.Place.Word;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how etcd is saved. */
record SnapshotReader(Place etcd, FileProblems problems) {

  private static final String BLOCK = "backup_config";
  private static final String BUCKET = "s3backupconfig";

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
    if (block.hasSection(BUCKET)) {
      bucket(block.section(BUCKET), builder);
    }
  }

  private void bucket(Place bucket, ServicesBuilder builder) {
    List<String> missing =
        Stream.of("endpoint", "bucket_name").filter(key -> bucket.text(key).isEmpty()).toList();
    missing.stream()
        .filter(key -> !problems.explains(bucket.at(key)))
        .forEach(key -> problems.add(bucket.at(key), "is missing", "s3backupconfig needs it"));
    if (!missing.isEmpty()) {
      return;
    }
    try {
      builder.snapshotsTo(
          new SnapshotBucket(
              bucket.text("endpoint").orElseThrow(),
              bucket.text("bucket_name").orElseThrow(),
              bucket.text("region").orElse(""),
              bucket.text("folder").orElse(""),
              bucket.text("custom_ca").orElse(""),
              keys(bucket)));
    } catch (IllegalArgumentException e) {
      problems.add(bucket.path(), String.valueOf(e.getMessage()), "");
    }
  }

  private static Optional<Keys> keys(Place bucket) {
    Optional<String> access = bucket.text("access_key");
    Optional<String> secret = bucket.text("secret_key");
    return access.isEmpty() && secret.isEmpty()
        ? Optional.empty()
        : Optional.of(new Keys(Secret.of(access.orElse("")), Secret.of(secret.orElse(""))));
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
