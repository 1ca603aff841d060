package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.api.cluster.Cidr;
import io.rke4j.api.cluster.IpRanges;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.core.check.HostCheck.Symptom;
import io.rke4j.core.cluster.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses, routes, names and ports. */
final class NetworkChecks {

  /** What glibc takes; Kubernetes leaves out the rest and warns on every pod. */
  private static final int MOST_NAMESERVERS = 3;

  static final List<HostCheck> ALL =
      List.of(
          new HostCheck(
              "default-route",
              "kubelet, kube-proxy and the network plugin take the address of the default route",
              host ->
                  host.facts().all("route").isEmpty()
                          || host.facts().all("route").stream()
                              .anyMatch(r -> r.startsWith("default"))
                      ? Stream.empty()
                      : Stream.of(
                          blocks(
                              "there is no default route",
                              "ip -4 route shows none",
                              "ip route add default via GATEWAY"))),
          new HostCheck(
              "internal-address",
              "etcd listens on it, and the other nodes connect to it",
              NetworkChecks::internalAddress),
          new HostCheck(
              "ipv6",
              "pods that are to have IPv6 addresses get none, or reach none on other hosts",
              NetworkChecks::ipv6),
          new HostCheck(
              "network-overlap",
              "packets for pods or services would leave the host, or never come back",
              NetworkChecks::overlap),
          new HostCheck(
              "service-network",
              "API servers connect to services before kube-proxy knows them, and keep connections",
              NetworkChecks::strangers),
          new HostCheck(
              "ports-free",
              "components of the cluster listen on them, and would not start",
              NetworkChecks::ports),
          new HostCheck(
              "nameserver",
              "images cannot be pulled, and pods resolve no names outside the cluster",
              host ->
                  host.facts().all("nameserver").isEmpty()
                      ? Stream.of(
                          warns(
                              "there is no DNS server",
                              "/etc/resolv.conf names none",
                              "name one in /etc/resolv.conf"))
                      : Stream.empty()),
          new HostCheck(
              "nameserver-count",
              "Kubernetes passes three on to pods, and leaves out the rest",
              host ->
                  host.facts().all("nameserver").size() > MOST_NAMESERVERS
                      ? Stream.of(
                          warns(
                              "more than three DNS servers",
                              String.join(", ", host.facts().all("nameserver")),
                              "take out those that are not needed"))
                      : Stream.empty()),
          new HostCheck(
              "nameserver-loop",
              "the cluster's DNS forwards to itself, finds the loop and does not start",
              NetworkChecks::loop),
          new HostCheck(
              "own-name",
              "components that look up their own host wait for a time-out each time",
              host ->
                  host.facts().has("resolves-itself", "no")
                      ? Stream.of(
                          warns(
                              "the host cannot resolve its own name",
                              "getent hosts "
                                  + host.facts().text("hostname").orElse("")
                                  + " finds nothing",
                              "echo '127.0.1.1 "
                                  + host.facts().text("hostname").orElse("NAME")
                                  + "' >> /etc/hosts"))
                      : Stream.empty()));

  private NetworkChecks() {}

  private static Stream<Symptom> internalAddress(Subject host) {
    String wanted = host.node().internalAddress();
    List<String> own = addresses(host);
    boolean isName = !wanted.matches("[0-9.]+");
    return isName || own.isEmpty() || own.contains(wanted)
        ? Stream.empty()
        : Stream.of(
            blocks(
                "no interface has the internal address " + wanted,
                "addresses: " + String.join(", ", own),
                "set internal_address to one of them"));
  }

  private static List<String> addresses(Subject host) {
    return host.facts().all("address").stream()
        .map(line -> line.substring(line.indexOf(' ') + 1).split("/", 2)[0])
        .toList();
  }

  private static Stream<Symptom> ipv6(Subject host) {
    if (!host.cluster().spec().network().podRanges().isDual()) {
      return Stream.empty();
    }
    if (host.facts().has("ipv6", "absent")) {
      return Stream.of(
          blocks(
              "the kernel does not know IPv6",
              "/proc/sys/net/ipv6 is not there",
              "boot without ipv6.disable=1"));
    }
    if (host.facts().has("ipv6", "disabled")) {
      return Stream.of(
          warns(
              "IPv6 is switched off",
              "net.ipv6.conf.all.disable_ipv6 is 1",
              "sysctl -w net.ipv6.conf.all.disable_ipv6=0, and give the host an address"));
    }
    boolean isMute = addresses(host).isEmpty();
    return isMute || !host.facts().all("address6").isEmpty()
        ? Stream.empty()
        : Stream.of(
            warns(
                "no interface has an IPv6 address",
                "ip -6 addr show scope global shows none",
                "give the host an address that the other hosts reach"));
  }

  private static Stream<Symptom> overlap(Subject host) {
    if (!host.isNew()) {
      return Stream.empty();
    }
    NetworkSpec network = host.cluster().spec().network();
    List<Symptom> found = new ArrayList<>();
    List<String> routes = new ArrayList<>(host.facts().all("route"));
    routes.addAll(host.facts().all("route6"));
    for (String route : routes) {
      Optional<Cidr> target = target(route);
      if (target.isPresent() && !isOfAnOldCluster(route)) {
        meets(target.get(), network.podRanges(), "pod", "cluster_cidr", route).forEach(found::add);
        meets(target.get(), network.serviceRanges(), "service", "service_cluster_ip_range", route)
            .forEach(found::add);
      }
    }
    return found.stream();
  }

  private static Stream<Symptom> meets(
      Cidr route, IpRanges inside, String what, String key, String evidence) {
    return inside.blocks().stream()
        .filter(route::overlaps)
        .map(
            block ->
                blocks(
                    "the " + what + " network " + block + " overlaps a network of the host",
                    "route: " + evidence,
                    "choose another " + key));
  }

  private static Optional<Cidr> target(String route) {
    String first = route.split(" ", 2)[0];
    if (!first.matches("([0-9.]+|[0-9a-f:]*:[0-9a-f:]*)(/\\d+)?")) {
      return Optional.empty();
    }
    String whole = first.contains(":") ? "/128" : "/32";
    return Optional.of(new Cidr(first.contains("/") ? first : first + whole));
  }

  /** Such a route is a leftover, and has its own check. */
  private static boolean isOfAnOldCluster(String route) {
    return LeftoverChecks.INTERFACES.stream().anyMatch(name -> route.contains(" dev " + name));
  }

  /** The address that the hosts try: that of service {@code kubernetes}. */
  static String serviceAddress(Resolved cluster) {
    return cluster.spec().network().serviceCidr().address(1);
  }

  /**
   * Some networks answer for every address. An API server asks a new service, for example the
   * metrics server, as soon as it hears of it; if that is before kube-proxy has, the stranger gets
   * the request, and the connection to him is kept for all later ones.
   */
  private static Stream<Symptom> strangers(Subject host) {
    String services = host.cluster().spec().network().serviceCidr().value();
    return host.isNew() && host.facts().has("service-address", "answered")
        ? Stream.of(
            warns(
                "somebody outside the cluster answers for the service network " + services,
                serviceAddress(host.cluster()) + ":443 takes connections, with no cluster there",
                "have the hosts' router or proxy refuse "
                    + services
                    + ", or choose another service_cluster_ip_range"))
        : Stream.empty();
  }

  private static Stream<Symptom> ports(Subject host) {
    if (!host.isNew()) {
      return Stream.empty();
    }
    return NeededPorts.of(host).entrySet().stream()
        .filter(port -> host.facts().has("listening", port.getKey().toString()))
        .map(
            port ->
                blocks(
                    "port " + port.getKey() + " (" + port.getValue() + ") is taken",
                    "somebody listens on " + port.getKey(),
                    "ss -ltnp 'sport = :" + port.getKey() + "' names the process; end it"));
  }

  private static Stream<Symptom> loop(Subject host) {
    boolean onlyItself =
        !host.facts().all("nameserver").isEmpty()
            && host.facts().all("nameserver").stream()
                .allMatch(server -> server.startsWith("127."));
    return onlyItself && !host.facts().has("upstream-resolver", "yes")
        ? Stream.of(
            warns(
                "the host is its own DNS server",
                "nameserver " + String.join(", ", host.facts().all("nameserver")),
                "set kubelet's resolv-conf to a file that names the real servers"))
        : Stream.empty();
  }
}
