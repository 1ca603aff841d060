package io.rke4j.core.check;

import io.rke4j.api.check.CheckReport;
import io.rke4j.api.check.Finding;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.error.RkeException;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.SideBySide;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.host.Hosts;
import io.rke4j.core.phase.node.NodeImages;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.Expiry;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.core.resource.Resource;
import io.rke4j.spi.node.NodeUnreachableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks all hosts of a cluster what they are, side by side, and checks what they say. Machines that
 * are yet to be made are not asked.
 */
public final class HostSurvey {

  private static final String AUTHORITY = NodeFiles.certificate(Certificates.CA);

  private static final String SCRIPT = Resource.text(HostSurvey.class, "host-facts.sh");

  private final Resolved cluster;
  private final Set<NodeName> newcomers;
  private final Set<NodeName> begun;
  private final CertificateBundle certificates;
  private final Hosts hosts;
  private final Clock clock;

  /**
   * A survey of these hosts.
   *
   * @param cluster what they are to become
   * @param newcomers those that no earlier run has made part of it
   * @param begun those with which a run has begun that did not come to its end
   * @param certificates what it has for certificates
   * @param hosts how they are reached
   * @param clock what their clocks are compared with
   */
  public HostSurvey(
      Resolved cluster,
      Set<NodeName> newcomers,
      Set<NodeName> begun,
      CertificateBundle certificates,
      Hosts hosts,
      Clock clock) {
    this.cluster = cluster.located();
    this.newcomers = Set.copyOf(newcomers);
    this.begun = Set.copyOf(begun);
    this.certificates = certificates;
    this.hosts = hosts;
    this.clock = clock;
  }

  /** Looks at all hosts. Those that cannot be looked at are findings. */
  public CheckReport report(SideBySide lookers) {
    Map<NodeName, Subject> seen = new ConcurrentHashMap<>();
    Map<NodeName, Finding> unseen = new ConcurrentHashMap<>();
    lookers.each(cluster.nodes(), node -> look(node, seen, unseen));
    Instant now = clock.instant();
    List<Finding> more = new ArrayList<>(found(unseen));
    more.addAll(
        CertificateExpiry.findings(
            cluster.spec().name(), Expiry.of(cluster, certificates, now), now));
    return Preflight.report(found(seen), more);
  }

  /** In the order of the nodes. */
  private <T> List<T> found(Map<NodeName, T> byName) {
    return cluster.nodes().stream()
        .map(ClusterNode::name)
        .filter(byName::containsKey)
        .map(byName::get)
        .toList();
  }

  private void look(ClusterNode node, Map<NodeName, Subject> seen, Map<NodeName, Finding> unseen) {
    try {
      // A machine that is yet to get its engine is like one that is yet to be made.
      if (hosts.look(node.name()).isPresent()) {
        seen.put(node.name(), look(node));
      }
    } catch (RkeException e) {
      unseen.put(node.name(), Connections.finding(node.name(), e));
    }
  }

  private Subject look(ClusterNode node) {
    Host host = hosts.open(node.name());
    SeenEngine engine =
        SeenEngine.on(host, NodeImages.of(cluster, node), ImageSizes.kib(cluster, node).keySet());
    List<String> arguments = new ArrayList<>();
    arguments.add(host.containers().facts().rootDirectory());
    arguments.add(cluster.prefix(host.containers().facts()).path());
    arguments.add(NetworkChecks.serviceAddress(cluster));
    arguments.add(String.join(" ", RegistryChecks.names(engine.refusals())));
    arguments.addAll(Knocks.of(cluster, node));
    long before = clock.millis();
    Facts facts = Facts.of(ask(host, arguments));
    long after = clock.millis();
    return new Subject(
        cluster,
        node,
        newcomers.contains(node.name()) && !isOurs(host),
        engine,
        facts,
        ahead(facts, before / 1000, after / 1000));
  }

  /**
   * Whether it is that run that has left what there is: of another cluster there would be another
   * authority, if its components are there to show it.
   */
  private boolean isOurs(HostView host) {
    return begun.contains(host.name())
        && NodeFiles.seen(host.containers(), AUTHORITY).stream()
            .flatMap(List::stream)
            .allMatch(
                file ->
                    certificates
                        .find(Certificates.CA)
                        .filter(ours -> file.content().reveal().equals(ours.certificatePem()))
                        .isPresent());
  }

  /** The host read its clock at some moment in between. */
  private static long ahead(Facts facts, long before, long after) {
    long there = facts.number("clock").orElse(before);
    return there < before ? there - before : Math.max(0, there - after);
  }

  private static String ask(Host host, List<String> arguments) {
    try {
      return host.connection().read(SCRIPT, arguments);
    } catch (IOException e) {
      throw new NodeUnreachableException(
          host.connection().host(), "it did not say what it is (" + e.getMessage() + ")", e);
    }
  }
}
