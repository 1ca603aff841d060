package io.rke4j.core.manifest;

import io.rke4j.api.cluster.Cidr;
import io.rke4j.api.cluster.DnsSpec;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import java.util.List;
import java.util.stream.Collectors;

/** The cluster's DNS server, and what scales it. */
final class CoreDns {

  private CoreDns() {}

  static String manifest(Resolved cluster) {
    DnsSpec dns = cluster.spec().addons().dns();
    NetworkSpec network = cluster.spec().network();
    return PodLines.fill(Template.file("coredns.yaml"), dns.pods())
        .with("osLabel", cluster.release().traits().addons().osLabel())
        .with("domain", network.clusterDomain())
        .with("clusterIp", network.dnsServer())
        .with("reverse", reverse(dns.reverseCidrs()))
        .with("upstream", String.join(" ", dns.upstreamServers()))
        .with("stubs", stubs(dns))
        .with("priorityClass", dns.pods().priorityClass())
        .with("autoscalerPriorityClass", dns.autoscalerPriorityClass())
        .with("image", cluster.image(SystemImage.COREDNS))
        .with("autoscalerImage", cluster.image(SystemImage.COREDNS_AUTOSCALER))
        .with("scaling", Scaling.json(dns.autoscaler()))
        .fill();
  }

  private static String reverse(List<Cidr> cidrs) {
    return cidrs.stream().map(Cidr::toString).collect(Collectors.joining(" "));
  }

  /** A server for each domain; the most specific one answers. */
  private static String stubs(DnsSpec dns) {
    return dns.stubDomains().entrySet().stream()
        .map(
            stub ->
                Template.file("coredns-stub.conf")
                    .with("domain", stub.getKey())
                    .with("servers", String.join(" ", stub.getValue()))
                    .fill())
        .collect(Collectors.joining());
  }
}
