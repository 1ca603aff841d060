package io.rke4j.core.pki;

import java.util.List;

/**
 * What would be issued, and why. Generates nothing.
 *
 * @param changes one per certificate, in the order of the work
 */
public record IssuePlan(List<Change> changes) {

  /** What happens to a certificate. */
  public enum Action {
    /** A new key and a certificate for it. */
    ISSUE("issue %s: %s"),
    /** A new certificate for the key that is there. */
    RENEW("renew the certificate of %s, keeping its key: %s"),
    /** The user's own, in place of what is there. */
    PROVIDE("take %s as provided: %s"),
    /** Nothing needs it any more. */
    DROP("drop %s: %s");

    private final String line;

    Action(String line) {
      this.line = line;
    }
  }

  /**
   * What happens to one certificate.
   *
   * @param name the certificate
   * @param action what happens to it
   * @param reason why
   */
  public record Change(String name, Action action, String reason) {

    /** The change in a line. */
    public String line() {
      return action.line.formatted(name, reason);
    }
  }

  /** Copies the changes. */
  public IssuePlan {
    changes = List.copyOf(changes);
  }

  /** Whether everything is as it should be. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Every change in a line, for people. */
  public List<String> lines() {
    return changes.stream().map(Change::line).toList();
  }
}
