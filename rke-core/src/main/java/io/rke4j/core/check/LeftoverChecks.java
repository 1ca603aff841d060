package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.core.check.HostCheck.Symptom;
import io.rke4j.core.cluster.Component;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What another cluster, or an older one, has left on a host that is new to this one. */
final class LeftoverChecks {

  static final List<String> INTERFACES =
      List.of("cni0", "flannel.", "cali", "tunl0", "weave", "kube-ipvs0", "vxlan.calico");

  private static final String REMOVAL =
      "remove that cluster with the tool that made it, or set the host up anew";

  static final List<HostCheck> ALL =
      List.of(
          onNewHosts(
              "other-cluster",
              "its data would be destroyed, and both clusters fail",
              LeftoverChecks::containers),
          onNewHosts(
              "leftover-files",
              "etcd and kubelet refuse to start with certificates and data of another cluster",
              LeftoverChecks::files),
          onNewHosts(
              "leftover-interfaces",
              "pods get addresses of a network that is gone",
              LeftoverChecks::interfaces));

  private LeftoverChecks() {}

  private static HostCheck onNewHosts(
      String id, String why, Function<Subject, Stream<Symptom>> look) {
    return new HostCheck(id, why, host -> host.isNew() ? look.apply(host) : Stream.empty());
  }

  private static Stream<Symptom> containers(Subject host) {
    Set<String> found = new TreeSet<>(host.engine().containers());
    found.retainAll(Component.containers());
    return found.isEmpty()
        ? Stream.empty()
        : Stream.of(
            blocks(
                "the host belongs to another cluster",
                "containers: " + String.join(", ", found),
                REMOVAL));
  }

  private static Stream<Symptom> files(Subject host) {
    List<String> found = host.facts().all("leftover");
    return found.isEmpty()
        ? Stream.empty()
        : Stream.of(
            blocks("files of an older cluster are there", String.join(", ", found), REMOVAL));
  }

  private static Stream<Symptom> interfaces(Subject host) {
    List<String> found =
        host.facts().all("interface").stream()
            .map(line -> line.split(" ", 2)[0])
            .filter(name -> INTERFACES.stream().anyMatch(name::startsWith))
            .toList();
    return found.isEmpty()
        ? Stream.empty()
        : Stream.of(
            warns(
                "network interfaces of an older cluster are there",
                String.join(", ", found),
                "ip link delete " + String.join("; ip link delete ", found)));
  }
}
