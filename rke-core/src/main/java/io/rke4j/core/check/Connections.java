package io.rke4j.core.check;

import io.rke4j.api.check.Finding;
import io.rke4j.api.check.Finding.Severity;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.error.RkeException;
import java.util.ArrayList;
import java.util.List;

/** Hosts that cannot be looked at: each is a finding, and hides nothing of the others. */
final class Connections {

  static final String ID = "connection";

  private static final String WHY =
      "nothing can be built on a host that cannot be reached, or whose engine cannot be used";

  private Connections() {}

  static Finding finding(NodeName host, RkeException refusal) {
    List<String> evidence = new ArrayList<>();
    evidence.add(said(refusal));
    evidence.addAll(refusal.evidence());
    return new Finding(
        ID,
        Severity.BLOCKS,
        host.value(),
        "the host cannot be looked at",
        WHY,
        evidence,
        refusal.hint());
  }

  /** What went wrong, without what to do. */
  static String said(RkeException refusal) {
    String message = String.valueOf(refusal.getMessage());
    int end = message.lastIndexOf(refusal.hint());
    return end <= 0 ? message : message.substring(0, end).strip();
  }
}
