package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.core.check.HostCheck.Symptom;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether VXLAN packets come through. Nobody listens on the port before the cluster is built, so a
 * host that gets a packet refuses it, and the sender hears of that. Where nothing is heard, the
 * packet or the refusal was lost.
 */
final class Knocks {

  /** Each host knocks at as many of its successors, so as many others knock at it. */
  private static final int PEERS = 3;

  private static final String REFUSED = "Connection refused";

  private Knocks() {}

  /** What the script needs to know: the port and the hosts to knock at; nothing without VXLAN. */
  static List<String> of(Resolved cluster, ClusterNode node) {
    Optional<String> port = VxlanUse.port(cluster);
    List<String> arguments = new ArrayList<>();
    if (port.isPresent()) {
      arguments.add(port.get());
      arguments.addAll(successors(cluster.nodes(), node));
    }
    return arguments;
  }

  private static List<String> successors(List<ClusterNode> nodes, ClusterNode node) {
    int own = nodes.indexOf(node);
    List<String> successors = new ArrayList<>();
    for (int i = 1; i < nodes.size() && i <= PEERS; i++) {
      successors.add(nodes.get((own + i) % nodes.size()).internalAddress());
    }
    return successors;
  }

  /** What was lost on the way to hosts on which nobody listens. */
  static Map<Subject, Symptom> lost(List<Subject> hosts) {
    Map<Subject, Symptom> lost = new LinkedHashMap<>();
    for (Subject host : hosts) {
      List<String> deaf =
          hosts.stream()
              .filter(peer -> !listens(peer))
              .flatMap(
                  peer ->
                      host.facts().named("udp", peer.node().internalAddress()).stream()
                          .filter(answer -> !answer.equals(REFUSED))
                          .map(answer -> peer.name() + " (" + answer + ")"))
              .toList();
      if (!deaf.isEmpty()) {
        lost.put(host, symptom(host, deaf));
      }
    }
    return lost;
  }

  private static boolean listens(Subject host) {
    return !host.isNew()
        || host.facts().all("interface").stream().anyMatch(line -> line.startsWith("flannel"));
  }

  private static Symptom symptom(Subject host, List<String> deaf) {
    String port = VxlanUse.port(host.cluster()).orElseThrow();
    return warns(
        "packets to UDP port " + port + " of other hosts seem to be lost",
        "no refusal came from " + String.join(", ", deaf),
        "let UDP port " + port + " through between the nodes: firewalls, security groups");
  }
}
