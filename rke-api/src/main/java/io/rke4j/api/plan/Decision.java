package io.rke4j.api.plan;

import java.util.List;

/** What a step will do, decided by looking and never by acting. */
public sealed interface Decision {

  /** The target already is as wanted. */
  record UpToDate() implements Decision {}

  /**
   * The step will make these changes.
   *
   * @param kind whether something new appears, or something that is there changes or goes
   * @param changes one line each, for people
   */
  record Change(Kind kind, List<String> changes) implements Decision {
    /** Copies the lines. */
    public Change {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Not known yet; decided again when the step is reached.
   *
   * @param until what has to happen first
   * @param expected what the step would do to a target that has nothing, one line each
   */
  record Deferred(String until, List<String> expected) implements Decision {
    /** Copies the lines. */
    public Deferred {
      expected = List.copyOf(expected);
    }
  }

  /** How far a change reaches. */
  enum Kind {
    /** Nothing new: it waits for, or completes, what other steps bring about. */
    FOLLOW_UP,
    /** Something new appears. */
    CREATE,
    /** Something that is there changes or is replaced. */
    REPLACE,
    /** Something that is there goes. */
    REMOVE
  }

  /** Nothing to do. */
  static Decision upToDate() {
    return new UpToDate();
  }

  /** Waiting for, or completing, what other steps bring about. */
  static Change followUp(String... what) {
    return new Change(Kind.FOLLOW_UP, List.of(what));
  }

  /** Something new. */
  static Change create(String... changes) {
    return new Change(Kind.CREATE, List.of(changes));
  }

  /** Something changed. */
  static Change replace(List<String> changes) {
    return new Change(Kind.REPLACE, changes);
  }

  /** Something goes. */
  static Change remove(String... changes) {
    return new Change(Kind.REMOVE, List.of(changes));
  }

  /** Whether there is nothing to do. */
  default boolean isUpToDate() {
    return this instanceof UpToDate;
  }
}
