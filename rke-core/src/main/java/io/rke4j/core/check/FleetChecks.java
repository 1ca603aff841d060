package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.core.check.HostCheck.Symptom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must differ between hosts, and what must not. */
final class FleetChecks {

  /** Seconds. A clock is read in whole seconds, so one of them says nothing. */
  private static final long NOTICEABLE = 2;

  private static final long FATAL = 30;

  static final List<FleetCheck> ALL =
      List.of(
          new FleetCheck(
              "clock",
              "certificates are not valid yet or no more, and etcd members quarrel",
              FleetChecks::clocks),
          unique(
              "machine-id",
              "machine-id",
              "network plugins and log collectors take two hosts for one",
              "rm /etc/machine-id; systemd-machine-id-setup"),
          unique(
              "hostname",
              "hostname",
              "logs and metrics of two hosts cannot be told apart",
              "hostnamectl set-hostname NAME"),
          new FleetCheck(
              "hardware-address",
              "switches deliver the packets of one host to the other",
              hosts ->
                  shared(
                      hosts,
                      host ->
                          host.facts().mainInterface().flatMap(Facts.Interface::hardwareAddress),
                      (address, others) ->
                          blocks(
                              "shares its hardware address with " + others,
                              address,
                              "give each virtual machine an address of its own"))),
          new FleetCheck(
              "mtu",
              "large packets between pods vanish: connections open, and then hang",
              PacketSizes::wrong),
          new FleetCheck("udp", "pods of different hosts cannot talk to each other", Knocks::lost));

  private FleetChecks() {}

  private static Map<Subject, Symptom> clocks(List<Subject> hosts) {
    boolean haveMost = hosts.size() > 2;
    long median =
        haveMost ? hosts.stream().map(Subject::ahead).sorted().toList().get(hosts.size() / 2) : 0;
    Map<Subject, Symptom> found = new LinkedHashMap<>();
    for (Subject host : hosts) {
      long off = host.ahead() - median;
      if (Math.abs(off) > NOTICEABLE) {
        String what = "its clock is " + Math.abs(off) + " s " + (off > 0 ? "ahead" : "behind");
        String evidence = "compared with " + (haveMost ? "most hosts" : "this program's clock");
        String remedy = "systemctl restart systemd-timesyncd (or chronyc makestep)";
        found.put(
            host,
            Math.abs(off) > FATAL ? blocks(what, evidence, remedy) : warns(what, evidence, remedy));
      }
    }
    return found;
  }

  private static FleetCheck unique(String id, String key, String why, String remedy) {
    return new FleetCheck(
        id,
        why,
        hosts ->
            shared(
                hosts,
                host -> host.facts().text(key),
                (value, others) -> warns("shares its " + key + " with " + others, value, remedy)));
  }

  private interface Complaint {
    Symptom about(String value, String others);
  }

  private static Map<Subject, Symptom> shared(
      List<Subject> hosts, Function<Subject, Optional<String>> value, Complaint complaint) {
    Map<Subject, Symptom> found = new LinkedHashMap<>();
    for (Subject host : hosts) {
      Optional<String> own = value.apply(host);
      String others =
          hosts.stream()
              .filter(
                  other ->
                      !other.name().equals(host.name())
                          && own.isPresent()
                          && value.apply(other).equals(own))
              .map(Subject::name)
              .collect(Collectors.joining(", "));
      if (!others.isEmpty()) {
        found.put(host, complaint.about(own.orElseThrow(), others));
      }
    }
    return found;
  }
}
