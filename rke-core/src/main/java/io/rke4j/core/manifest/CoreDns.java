package io.rke4j.core.manifest;

import io.rke4j.api.cluster.DnsSpec;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;

/** The cluster's DNS server, and what scales it. */
final class CoreDns {

  private CoreDns() {}

  static String manifest(Resolved cluster) {
    DnsSpec dns = cluster.spec().addons().dns();
    NetworkSpec network = cluster.spec().network();
    return Template.file("coredns.yaml")
        .with("domain", network.clusterDomain())
        .with("clusterIp", network.dnsServer())
        .with(
            "upstream",
            dns.upstreamServers().isEmpty()
                ? "\"/etc/resolv.conf\""
                : String.join(" ", dns.upstreamServers()))
        .with("nodeSelector", YamlLines.map(dns.nodeSelector()))
        .with("image", cluster.image(SystemImage.COREDNS))
        .with("autoscalerImage", cluster.image(SystemImage.COREDNS_AUTOSCALER))
        .fill();
  }
}
