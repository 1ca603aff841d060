package io.rke4j.testkit.assertion;

import io.rke4j.api.error.RkeException;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionEvent.Outcome;
import io.rke4j.api.event.ProvisionEvent.RunFinished;
import io.rke4j.api.event.ProvisionEvent.StepEvent;
import io.rke4j.api.event.ProvisionEvent.StepFailed;
import io.rke4j.api.event.ProvisionEvent.StepSkipped;
import io.rke4j.api.event.ProvisionEvent.StepStarted;
import io.rke4j.api.event.ProvisionEvent.StepSucceeded;
import io.rke4j.testkit.RecordingListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/**
 * Says what has to have happened in the runs that a listener has heard. Steps are named by their
 * ids, for example {@code etcd/run-etcd@cp-1}. Every failure shows all events.
 */
public final class EventAssert extends AbstractAssert<EventAssert, RecordingListener> {

  EventAssert(RecordingListener events) {
    super(events, EventAssert.class);
  }

  /**
   * What {@link io.rke4j.api.event.ProvisionListener} promises was kept: every run, phase and step
   * that began has ended, in order and without gaps; and there was a run.
   */
  public EventAssert isWellFormed() {
    isNotNull();
    try {
      actual.assertWellFormed();
    } catch (AssertionError e) {
      failWithMessage(
          "Expected well-formed events, but %s%n%nThese are the events:%n%s",
          e.getMessage(), actual.summary());
    }
    return this;
  }

  /** The last run ended well. */
  public EventAssert succeeded() {
    return endedAs(Outcome.SUCCEEDED);
  }

  /** The last run was cancelled. */
  public EventAssert wasCancelled() {
    return endedAs(Outcome.CANCELLED);
  }

  /**
   * The last run failed, and one of its steps by an error with this code.
   *
   * @param code see {@link RkeException#code()}
   */
  public EventAssert failedWith(String code) {
    endedAs(Outcome.FAILED);
    return require(
        ofKind(StepFailed.class).map(StepFailed::cause).anyMatch(cause -> hasCode(cause, code)),
        "a step failed with code " + code);
  }

  /** A step did its work. */
  public EventAssert stepSucceeded(String step) {
    return require(happened(StepSucceeded.class, step), "step " + step + " succeeded");
  }

  /** A step failed for good. */
  public EventAssert stepFailed(String step) {
    return require(happened(StepFailed.class, step), "step " + step + " failed");
  }

  /** A step had nothing to do. */
  public EventAssert stepSkipped(String step) {
    return require(happened(StepSkipped.class, step), "step " + step + " was skipped");
  }

  /** A step never began to change anything. */
  public EventAssert stepDidNotStart(String step) {
    return require(!happened(StepStarted.class, step), "step " + step + " did not start");
  }

  /** Both steps began, the first one earlier. */
  public EventAssert startedBefore(String first, String second) {
    int one = place(StepStarted.class, first);
    int other = place(StepStarted.class, second);
    return require(
        one >= 0 && other >= 0 && one < other, "step " + first + " started before " + second);
  }

  /** The first step was done before the second one began. */
  public EventAssert endedBefore(String first, String second) {
    int one = place(StepSucceeded.class, first);
    int other = place(StepStarted.class, second);
    return require(
        one >= 0 && other >= 0 && one < other,
        "step " + first + " ended before " + second + " began");
  }

  /** There is an event of a kind for which something holds. */
  public <E extends ProvisionEvent> EventAssert has(
      Class<E> kind, String inWords, Predicate<? super E> test) {
    return require(
        ofKind(kind).anyMatch(test), "there is a " + kind.getSimpleName() + " " + inWords);
  }

  /**
   * A text stands nowhere in them, also not in the exceptions that they carry. The failure does not
   * repeat the text.
   */
  public EventAssert hasNoSecret(String secret) {
    isNotNull();
    List<String> tellers =
        actual.events().stream()
            .filter(event -> event.toString().contains(secret) || tells(event, secret))
            .map(event -> event.getClass().getSimpleName() + " " + event.sequence())
            .toList();
    if (!tellers.isEmpty()) {
      failWithMessage("Expected events without the secret, but it stands in %s", tellers);
    }
    return this;
  }

  private static boolean tells(ProvisionEvent event, String secret) {
    if (!(event instanceof StepFailed failed)) {
      return false;
    }
    StringWriter text = new StringWriter();
    failed.cause().printStackTrace(new PrintWriter(text));
    return text.toString().contains(secret);
  }

  private EventAssert endedAs(Outcome outcome) {
    List<RunFinished> ends = ofKind(RunFinished.class).toList();
    return require(
        !ends.isEmpty() && ends.get(ends.size() - 1).outcome() == outcome,
        "the last run ended as " + outcome);
  }

  private EventAssert require(boolean met, String what) {
    if (!met) {
      failWithMessage("Expected that %s, but these are the events:%n%s", what, actual.summary());
    }
    return this;
  }

  private <E extends ProvisionEvent> Stream<E> ofKind(Class<E> kind) {
    isNotNull();
    return actual.events(kind).stream();
  }

  private boolean happened(Class<? extends StepEvent> kind, String step) {
    return place(kind, step) >= 0;
  }

  /** Where the first such event stands; -1 if there is none. */
  private int place(Class<? extends StepEvent> kind, String step) {
    isNotNull();
    List<ProvisionEvent> events = actual.events();
    for (int index = 0; index < events.size(); index++) {
      if (kind.isInstance(events.get(index))
          && ((StepEvent) events.get(index)).step().toString().equals(step)) {
        return index;
      }
    }
    return -1;
  }

  private static boolean hasCode(Throwable thrown, String code) {
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      if (one instanceof RkeException known && known.code().equals(code)) {
        return true;
      }
    }
    return false;
  }
}
