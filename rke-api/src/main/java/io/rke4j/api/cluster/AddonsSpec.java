package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.List;

/**
 * What is deployed into the cluster once it runs.
 *
 * @param dns the DNS server
 * @param metrics metrics-server
 * @param ingress the ingress controller
 * @param user the user's own manifests
 * @param jobTimeout how long one deploy Job may take
 */
public record AddonsSpec(
    DnsSpec dns, MetricsSpec metrics, IngressSpec ingress, List<Addon> user, Duration jobTimeout) {

  /** Copies the list. */
  public AddonsSpec {
    user = List.copyOf(user);
  }
}
