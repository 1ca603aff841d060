package io.rke4j.api.check;

import java.util.List;

/**
 * Something about a host, or the cluster itself, that is in the way, or will be.
 *
 * @param check what was checked, by a stable name, for example {@code clock}
 * @param severity whether the cluster can be built nevertheless
 * @param host the node's name; the cluster's for what concerns all nodes
 * @param what what is wrong
 * @param why what happens if it stays so
 * @param evidence what was seen, line by line
 * @param remedy what mends it, a command where there is one
 */
public record Finding(
    String check,
    Severity severity,
    String host,
    String what,
    String why,
    List<String> evidence,
    String remedy) {

  /** How much a finding matters. */
  public enum Severity {
    /** The cluster will not come up, or not stay up. */
    BLOCKS,
    /** The cluster comes up; the user should know. */
    WARNS
  }

  /** Copies the evidence. */
  public Finding {
    evidence = List.copyOf(evidence);
  }
}
