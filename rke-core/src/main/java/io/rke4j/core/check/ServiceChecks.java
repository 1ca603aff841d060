package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.core.check.HostCheck.Symptom;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Services of the operating system that help or hinder. */
final class ServiceChecks {

  private static final Set<String> CLOCKS =
      Set.of("chronyd", "chrony", "ntp", "ntpd", "systemd-timesyncd");

  static final List<HostCheck> ALL =
      List.of(
          running(
              "firewall",
              Set.of("firewalld", "ufw"),
              "it drops what pods and nodes say to each other, some of it only after a while",
              (service, evidence) ->
                  warns(
                      service + " is on",
                      evidence,
                      "systemctl disable --now " + service + ", or open the ports that RKE needs")),
          running(
              "other-kubernetes",
              Set.of("kubelet", "k3s", "k3s-agent", "rke2-server", "rke2-agent"),
              "two kubelets on one host fight for the same ports and containers",
              (service, evidence) ->
                  blocks(
                      "another Kubernetes runs: " + service,
                      evidence,
                      "systemctl disable --now " + service)),
          running(
              "network-manager",
              Set.of("NetworkManager"),
              "it takes the interfaces of pods for its own, and pods lose their network",
              (service, evidence) ->
                  warns(
                      "NetworkManager is on",
                      evidence,
                      "tell it to leave cni0, flannel.1, cali* and veth* alone"
                          + " (unmanaged-devices)")),
          new HostCheck(
              "time-service",
              "clocks drift apart, and certificates are then not valid yet, or no more",
              ServiceChecks::clock),
          new HostCheck(
              "selinux",
              "containers may not read what is placed on the host for them",
              host ->
                  host.facts().has("selinux", "1") && !host.engine().facts().selinux()
                      ? Stream.of(
                          warns(
                              "SELinux is enforcing and the engine does not know of it",
                              "/sys/fs/selinux/enforce is 1",
                              "set \"selinux-enabled\": true in /etc/docker/daemon.json"))
                      : Stream.empty()),
          new HostCheck(
              "apparmor",
              "the engine starts no container",
              host ->
                  host.facts().has("apparmor", "unusable")
                      ? Stream.of(
                          blocks(
                              "AppArmor is on and its parser is missing",
                              "apparmor_parser is not installed",
                              "apt-get install apparmor"))
                      : Stream.empty()));

  private ServiceChecks() {}

  private static HostCheck running(
      String id, Set<String> services, String why, BiFunction<String, String, Symptom> symptom) {
    return new HostCheck(
        id,
        why,
        host ->
            host.facts().all("service").stream()
                .filter(services::contains)
                .map(name -> symptom.apply(name, "systemctl is-active " + name + ": active")));
  }

  private static Stream<Symptom> clock(Subject host) {
    boolean isKept = host.facts().all("service").stream().anyMatch(CLOCKS::contains);
    // A host without systemd may keep its time in many ways.
    return !host.facts().hasSystemd() || isKept
        ? Stream.empty()
        : Stream.of(
            warns(
                "nothing keeps the host's time",
                "none of " + String.join(", ", CLOCKS.stream().sorted().toList()) + " is active",
                "systemctl enable --now systemd-timesyncd"));
  }
}
