package io.rke4j.core.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The conditions of one record, and what of them is written. A change of status is written at once
 * and other words at most once a second, since a run has hundreds of steps. For one thread.
 */
final class WrittenConditions {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final StatusPatches statuses;
  private final String path;
  private final Clock clock;
  private final Conditions conditions;
  private String writtenOutline = "";
  private String writtenMessage = "";
  private Instant written = Instant.EPOCH;

  WrittenConditions(StatusPatches statuses, String path, Clock clock) {
    this.statuses = statuses;
    this.path = path;
    this.clock = clock;
    this.conditions = new Conditions(clock);
  }

  Conditions conditions() {
    return conditions;
  }

  /** Takes over what an earlier run has written. */
  void recall() {
    Optional<ObjectNode> status = statuses.read(path);
    status.ifPresent(conditions::recall);
  }

  /** Writes what changed, if it is time; always, if this is the end. */
  void write(String run, boolean isEnd) {
    String outline = conditions.outline();
    String message = conditions.message();
    boolean isDue =
        !outline.equals(writtenOutline)
            || (!message.equals(writtenMessage)
                && (isEnd || !clock.instant().isBefore(written.plus(PAUSE))));
    // A record that is not there yet gets all of it later.
    if (isDue && statuses.write(path, conditions.json(run))) {
      writtenOutline = outline;
      writtenMessage = message;
      written = clock.instant();
    }
  }
}
