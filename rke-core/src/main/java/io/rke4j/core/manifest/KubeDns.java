package io.rke4j.core.manifest;

import io.rke4j.api.cluster.Cidr;
import io.rke4j.api.cluster.DnsSpec;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The former DNS server of Kubernetes, and what scales it. */
final class KubeDns {

  private static final List<String> ALL_REVERSE_ZONES = List.of("in-addr.arpa", "ip6.arpa");

  private KubeDns() {}

  static String manifest(Resolved cluster) {
    DnsSpec dns = cluster.spec().addons().dns();
    NetworkSpec network = cluster.spec().network();
    return PodLines.fill(Template.file("kube-dns.yaml"), dns.pods())
        .with(
            "nodeSelector",
            YamlLines.block("nodeSelector", YamlLines.map(dns.pods().nodeSelector())))
        .with("osLabel", cluster.release().traits().addons().osLabel())
        .with("domain", network.clusterDomain())
        .with("clusterIp", network.dnsServer())
        .with("reverse", reverse(dns.reverseCidrs()))
        .with("config", YamlLines.block("data", config(dns)))
        .with("priorityClass", PodLines.priorityClass(dns.pods().priorityClass()))
        .with("autoscalerPriorityClass", PodLines.priorityClass(dns.autoscalerPriorityClass()))
        .with("image", cluster.image(SystemImage.KUBEDNS))
        .with("dnsmasqImage", cluster.image(SystemImage.DNSMASQ))
        .with("sidecarImage", cluster.image(SystemImage.KUBEDNS_SIDECAR))
        .with("autoscalerImage", cluster.image(SystemImage.KUBEDNS_AUTOSCALER))
        .with("scaling", Scaling.json(dns.autoscaler()))
        .fill();
  }

  private static String config(DnsSpec dns) {
    String upstream =
        dns.upstreamServers().isEmpty()
            ? ""
            : YamlLines.field("upstreamNameservers", YamlLines.json(dns.upstreamServers())) + "\n";
    return dns.stubDomains().isEmpty()
        ? upstream
        : upstream + YamlLines.field("stubDomains", YamlLines.json(dns.stubDomains()));
  }

  /** The zones that the cluster answers for itself. */
  private static String reverse(List<Cidr> cidrs) {
    Stream<String> zones =
        cidrs.isEmpty()
            ? ALL_REVERSE_ZONES.stream()
            : cidrs.stream().flatMap(cidr -> cidr.reverseZones().stream());
    return zones
        .map(zone -> "- --server=/" + zone + "/127.0.0.1#10053")
        .collect(Collectors.joining("\n"));
  }
}
