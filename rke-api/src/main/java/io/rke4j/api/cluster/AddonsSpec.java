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
 * @param agents the agents that are started at the end
 * @param deployer what becomes of the account of deploy Jobs
 */
public record AddonsSpec(
    DnsSpec dns,
    MetricsSpec metrics,
    IngressSpec ingress,
    List<Addon> user,
    Duration jobTimeout,
    AgentsSpec agents,
    DeployerAccount deployer) {

  /** No agents, and the account of deploy Jobs stays. */
  public AddonsSpec(
      DnsSpec dns,
      MetricsSpec metrics,
      IngressSpec ingress,
      List<Addon> user,
      Duration jobTimeout) {
    this(dns, metrics, ingress, user, jobTimeout, AgentsSpec.NONE, DeployerAccount.STAYS);
  }

  /** Copies the list. */
  public AddonsSpec {
    user = List.copyOf(user);
  }
}
