package io.rke4j.api.check;

import io.rke4j.api.check.Finding.Severity;
import java.util.List;

/**
 * What a look at the hosts has shown.
 *
 * @param findings what is in the way, blocking findings first
 * @param hosts how many hosts were looked at
 * @param checks how many checks were made on each
 */
public record CheckReport(List<Finding> findings, int hosts, int checks) {

  /** Copies the findings. */
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** Whether a cluster on these hosts would fail. */
  public boolean blocks() {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.BLOCKS);
  }

  /** The report as text for people. */
  public String render() {
    StringBuilder out = new StringBuilder();
    for (Finding finding : findings) {
      out.append(finding.severity() == Severity.BLOCKS ? "x " : "! ")
          .append(finding.check())
          .append('@')
          .append(finding.host())
          .append(": ")
          .append(finding.what())
          .append('\n');
      out.append("      why: ").append(finding.why()).append('\n');
      finding.evidence().forEach(line -> out.append("    | ").append(line).append('\n'));
      out.append("      do: ").append(finding.remedy()).append('\n');
    }
    return out.append(hosts)
        .append(hosts == 1 ? " host, " : " hosts, ")
        .append(checks)
        .append(" checks each: ")
        .append(count(Severity.BLOCKS))
        .append(" in the way, ")
        .append(count(Severity.WARNS))
        .append(count(Severity.WARNS) == 1 ? " warning\n" : " warnings\n")
        .toString();
  }

  private long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
