package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects what is deployed into the cluster; DNS, metrics-server and ingress unless switched off.
 */
public final class AddonsBuilder {

  private final Problems problems;
  private final List<Addon> user = new ArrayList<>();
  private final DnsBuilder dns;
  private final MetricsBuilder metrics;
  private final IngressBuilder ingress;
  private final AgentsBuilder agents;
  private DeployerAccount deployer = DeployerAccount.STAYS;
  private Duration jobTimeout = Duration.ofMinutes(2);

  AddonsBuilder(Problems problems) {
    this.problems = problems;
    this.dns = new DnsBuilder(problems);
    this.metrics = new MetricsBuilder(problems);
    this.ingress = new IngressBuilder(problems);
    this.agents = new AgentsBuilder(problems);
  }

  /** How the DNS server is deployed. */
  public AddonsBuilder dns(Consumer<DnsBuilder> server) {
    server.accept(dns);
    return this;
  }

  /** Deploys no DNS server. */
  public AddonsBuilder withoutDns() {
    return dns(server -> server.enabled(false));
  }

  /** How metrics-server is deployed. */
  public AddonsBuilder metrics(Consumer<MetricsBuilder> server) {
    server.accept(metrics);
    return this;
  }

  /** Deploys no metrics-server. */
  public AddonsBuilder withoutMetrics() {
    return metrics(server -> server.enabled(false));
  }

  /** How the ingress controller is deployed. */
  public AddonsBuilder ingress(Consumer<IngressBuilder> controller) {
    controller.accept(ingress);
    return this;
  }

  /** Deploys no ingress controller. */
  public AddonsBuilder withoutIngress() {
    return ingress(controller -> controller.enabled(false));
  }

  /** Adds a manifest of the user's own. */
  public AddonsBuilder user(Addon addon) {
    if (user.stream().anyMatch(known -> known.name().equals(addon.name()))) {
      problems.add("addons", "two addons are named '" + addon.name() + "'", "rename one of them");
    }
    user.add(addon);
    return this;
  }

  /** How long one deploy Job may take; two minutes if not called. */
  public AddonsBuilder jobTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      problems.add(
          "addon_job_timeout",
          "must be above 0, but is " + timeout.toSeconds() + " s",
          "give seconds");
    } else {
      this.jobTimeout = timeout;
    }
    return this;
  }

  /** The agents that are started when the cluster is finished; none if not called. */
  public AddonsBuilder agents(Consumer<AgentsBuilder> choice) {
    choice.accept(agents);
    return this;
  }

  /** What becomes of the account of deploy Jobs; it stays, as with RKE, if not called. */
  public AddonsBuilder deployerAccount(DeployerAccount choice) {
    this.deployer = choice;
    return this;
  }

  AddonsSpec build(DnsProvider usualDns) {
    AgentsSpec builtAgents = agents.build();
    for (Agent agent : builtAgents.agents()) {
      if (user.stream().anyMatch(addon -> addon.name().equals(agent.name()))) {
        problems.add(
            "agents", "an addon is named '" + agent.name() + "', too", "rename one of them");
      }
    }
    return new AddonsSpec(
        dns.build(usualDns),
        metrics.build(),
        ingress.build(),
        user,
        jobTimeout,
        builtAgents,
        deployer);
  }
}
