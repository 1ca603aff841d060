package io.rke4j.core.check;

import io.rke4j.api.check.CheckReport;
import io.rke4j.api.check.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All checks. */
final class Preflight {

  private static final List<HostCheck> ON_EACH =
      Stream.of(
              MachineChecks.ALL,
              EngineChecks.ALL,
              DiskChecks.ALL,
              NetworkChecks.ALL,
              ServiceChecks.ALL,
              RegistryChecks.ALL,
              LeftoverChecks.ALL)
          .flatMap(List::stream)
          .toList();

  private Preflight() {}

  static int checks() {
    return ids().size();
  }

  /** The stable names of all checks. */
  static List<String> ids() {
    return Stream.of(
            ON_EACH.stream().map(HostCheck::id),
            FleetChecks.ALL.stream().map(FleetCheck::id),
            Stream.of(CertificateExpiry.ID, Connections.ID))
        .flatMap(ids -> ids)
        .toList();
  }

  /**
   * What all checks have found.
   *
   * @param hosts what was seen of the hosts that could be looked at
   * @param more what was found otherwise
   */
  static CheckReport report(List<Subject> hosts, List<Finding> more) {
    Stream<Finding> each =
        hosts.stream().flatMap(host -> ON_EACH.stream().flatMap(check -> check.findings(host)));
    Stream<Finding> together = FleetChecks.ALL.stream().flatMap(check -> check.findings(hosts));
    List<Finding> found =
        Stream.of(each, together, more.stream())
            .flatMap(findings -> findings)
            .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::host))
            .toList();
    return new CheckReport(found, hosts.size(), checks());
  }
}
