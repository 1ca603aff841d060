package io.rke4j.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses of IPv4 and IPv6 side by side. */
class DualStackTest {

  private static final String PODS = "network.podCidr: ";
  private static final String SERVICES = "network.serviceCidr: ";

  private static ClusterSpec.Builder cluster(Consumer<NetworkBuilder> network) {
    return ClusterSpec.named("c1")
        .kubernetes("v1.30.14-rancher1-1")
        .node("a", n -> n.address("10.0.0.1").user("root").roles(Role.values()))
        .network(n -> network.accept(n.plugin("calico")));
  }

  private static List<String> problems(ClusterSpec.Builder spec) {
    InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, spec::build);
    return refused == null
        ? List.of()
        : refused.problems().stream().map(SpecProblem::toString).toList();
  }

  private static List<String> pods(String cidr) {
    return problems(cluster(n -> n.podCidr(cidr)));
  }

  @Test
  void podsAndServicesMayHaveAddressesOfBothFamilies() {
    NetworkSpec network =
        cluster(
                n ->
                    n.podCidr("10.52.0.0/16", "fd01::/64")
                        .serviceCidr("10.53.0.0/16", "fd98::/108"))
            .build()
            .network();

    assertThat(network.isDual()).isTrue();
    assertThat(network.podRanges()).hasToString("10.52.0.0/16,fd01::/64");
    assertThat(network.podCidr()).hasToString("10.52.0.0/16");
    assertThat(network.serviceRanges()).hasToString("10.53.0.0/16,fd98::/108");
    assertThat(network.serviceCidr()).hasToString("10.53.0.0/16");
    assertThat(network.dnsServer()).isEqualTo("10.53.0.10");
  }

  @Test
  void withoutIpv6ThereIsNone() {
    NetworkSpec network = cluster(n -> {}).build().network();

    assertThat(network.isDual()).isFalse();
    assertThat(network.podRanges()).hasToString("10.42.0.0/16");
  }

  @Test
  void aListHasOneBlockOfEachFamilyAndIpv4First() {
    assertThat(pods("fd01::/64"))
        .containsExactly(
            PODS + "'fd01::/64' has IPv6 alone; give a block of IPv4 before it, and a comma");
    assertThat(pods("fd01::/64,10.52.0.0/16"))
        .containsExactly(
            PODS
                + "'fd01::/64,10.52.0.0/16' begins with IPv6, and nodes are known by IPv4; write"
                + " 10.52.0.0/16,fd01::/64");
    assertThat(pods("10.52.0.0/16,10.53.0.0/16"))
        .containsExactly(
            PODS
                + "'10.52.0.0/16,10.53.0.0/16' has two blocks of one family; give one of IPv4 and"
                + " one of IPv6, or only one");
    assertThat(pods("10.52.0.0/16,fd01::/64,fd02::/64"))
        .containsExactly(
            PODS
                + "'10.52.0.0/16,fd01::/64,fd02::/64' has more than two blocks; give one of IPv4"
                + " and one of IPv6");
    assertThat(pods("10.52.0.0/16, fd01::/64"))
        .containsExactly(PODS + "' fd01::/64' is not a CIDR such as 10.42.0.0/16");
  }

  @Test
  void onlyCalicoGivesPodsBothAndAPluginOfTheUsersOwn() {
    assertThat(problems(cluster(n -> n.podCidr("10.42.0.0/16", "fd01::/64").plugin("canal"))))
        .containsExactly(
            "network.plugin: canal gives no IPv6 addresses; use calico, or none and a plugin of"
                + " your own, or give ranges of IPv4 only");
    assertThat(problems(cluster(n -> n.serviceCidr("10.43.0.0/16", "fd98::/108").plugin("weave"))))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("weave gives no IPv6 addresses"));
    assertThat(problems(cluster(n -> n.podCidr("10.42.0.0/16", "fd01::/64").plugin("none"))))
        .isEmpty();
  }

  @Test
  void versionsBefore121HaveNoIpv6BesideIpv4() {
    assertThat(problems(of("v1.20.15-rancher2-1")))
        .containsExactly(
            "kubernetes_version: v1.20.15-rancher2-1 has no IPv6 beside IPv4, which needs"
                + " Kubernetes 1.21 or newer; use a newer version, or give ranges of IPv4 only");
    assertThat(problems(of("v1.21.14-rancher1-1"))).isEmpty();
  }

  private static ClusterSpec.Builder of(String version) {
    return cluster(n -> n.podCidr("10.42.0.0/16", "fd01::/64")).kubernetes(version);
  }

  @Test
  void rangesOfOneFamilyShareNoAddresses() {
    assertThat(
            problems(
                cluster(
                    n ->
                        n.podCidr("10.42.0.0/16", "fd98::/64")
                            .serviceCidr("10.43.0.0/16", "fd98::/108"))))
        .containsExactly(
            "network: pods (fd98::/64) and services (fd98::/108) share addresses; give them"
                + " separate CIDRs");
  }

  @Test
  void servicesHaveNoMoreAddressesThanKubernetesTellsApart() {
    assertThat(
            problems(cluster(n -> n.serviceCidr("10.0.0.0/11,fd98::/107").podCidr("10.42.0.0/16"))))
        .contains(
            SERVICES + "10.0.0.0/11 is too large for Kubernetes; give a /12 or smaller",
            SERVICES + "fd98::/107 is too large for Kubernetes; give a /108 or smaller");
  }

  @ParameterizedTest
  @CsvSource({
    "'10.42.0.0/16,fd01::/64', '', ''",
    "'10.42.0.0/16,fd01::/48', '', ''",
    "'10.42.0.0/16,fd01::/108', '', fd01::/108 is too small: every node takes a /64 of it",
    "'10.42.0.0/16,fd01::/47', '', 'fd01::/47 is too large for Kubernetes, since every node takes'",
    "'10.42.0.0/16,fd01::/108', 'node-cidr-mask-size-ipv6=120', ''",
    "'10.42.0.0/16,fd01::/108', 'node-cidr-mask-size-ipv6=125', fd01::/108 is too large",
    "'10.42.0.0/16,fd01::/108', 'allocate-node-cidrs=false', ''",
    "'10.42.0.0/25,fd01::/64', '', 10.42.0.0/25 is too small: every node takes a /24 of it",
    "'10.42.0.0/25,fd01::/64', 'node-cidr-mask-size-ipv4=26', ''",
    "'10.42.0.0/16,fd01::/64', 'node-cidr-mask-size=25', 'is not for two families'",
    "10.42.0.0/25, '', 10.42.0.0/25 is too small: every node takes a /24 of it",
    "10.42.0.0/25, 'node-cidr-mask-size=26', ''",
    "10.42.0.0/25, 'node-cidr-mask-size=x', ''"
  })
  void everyNodeTakesABlockOfTheAddressesOfPods(String cidr, String argument, String problem) {
    ClusterSpec.Builder spec = cluster(n -> n.podCidr(cidr));
    if (!argument.isEmpty()) {
      String[] flag = argument.split("=", 2);
      spec.services(s -> s.controllerManager(c -> c.arg(flag[0], flag[1])));
    }

    if (problem.isEmpty()) {
      assertThat(problems(spec)).isEmpty();
    } else {
      assertThat(problems(spec)).singleElement().asString().contains(problem);
    }
  }

  @Test
  void namesOfTheApiServerAndDnsServersOutsideMayBeAddressesOfIpv6() {
    ClusterSpec.Builder spec =
        cluster(n -> {})
            .apiServerName("2001:db8::1")
            .addons(
                a ->
                    a.dns(
                        d ->
                            d.upstreamServer("2001:db8::53")
                                .upstreamServer("tls://[2001:db8::53]:853")
                                .stubDomain("lab", List.of("[2001:db8::54]:54", "192.0.2.1:54"))));

    assertThat(problems(spec)).isEmpty();
    assertThat(
            problems(
                cluster(n -> {})
                    .apiServerName("2001:db8::1::")
                    .addons(a -> a.dns(d -> d.upstreamServer("[192.0.2.1]:53")))))
        .containsExactly(
            "dns.upstreamnameservers[0]: '[192.0.2.1]' is neither an IP address nor a host name",
            "authentication.sans[0]: '2001:db8::1::' is neither an IP address nor a host name");
  }

  @Test
  void theDnsServerMayHaveAnAddressOfEitherFamilyUnlessNodesAnswerForIt() {
    ClusterSpec.Builder spec =
        cluster(n -> n.serviceCidr("10.43.0.0/16", "fd98::/108").dnsServer("fd98::a"));

    assertThat(problems(spec)).isEmpty();
    assertThat(problems(spec.addons(a -> a.dns(d -> d.nodeLocal("169.254.20.10", p -> {})))))
        .containsExactly(
            "dns.nodelocal: answers for a DNS server with an address of IPv4, and fd98::a is none;"
                + " leave it out, or give the DNS server another address");
    assertThat(problems(cluster(n -> n.dnsServer("fd98::a"))))
        .containsExactly(
            "network.dnsServer: 'fd98::a' is not an address of the service CIDR 10.43.0.0/16; leave"
                + " it out, or take one from the CIDR");
  }
}
