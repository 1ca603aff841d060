package io.rke4j.core;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.SigningRequest;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.Plan.Goal;
import io.rke4j.core.check.HostSurvey;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.EventBus;
import io.rke4j.core.engine.Executor;
import io.rke4j.core.engine.Planner;
import io.rke4j.core.engine.RunControl;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.BlankHosts;
import io.rke4j.core.host.HostPool;
import io.rke4j.core.host.Hosts;
import io.rke4j.core.management.Management;
import io.rke4j.core.phase.machine.Replacements;
import io.rke4j.core.pki.ProvidedCertificates;
import io.rke4j.core.pki.RequestFolder;
import io.rke4j.core.ssh.SshConnector;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.core.state.NodeRecord.Standing;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.NodeInventory;
import io.rke4j.spi.state.Lease;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Plans and runs: opens what a run works with, lets the engine do it, and closes it again. */
final class DefaultClusterProvisioner implements ClusterProvisioner {

  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(3);

  private final Settings settings;
  private final ExecutorService workers;
  private final Clock clock = Clock.systemUTC();
  private final Toolbox tools;

  DefaultClusterProvisioner(Settings settings) {
    this.settings = settings;
    this.workers = settings.executor().orElseGet(Workers::start);
    this.tools = new Toolbox(settings, workers, clock);
    workers.execute(SshConnector::prepare);
  }

  @Override
  public Plan plan(ClusterSpec spec) {
    return look(
        resolveToBuild(spec),
        Replacing::found,
        (place, hosts) -> {
          place.expectKeys();
          return plan(Goal.PROVISION, place, hosts);
        });
  }

  @Override
  public Plan planRemoval(ClusterSpec spec) {
    return look(resolve(spec), Replacing::begun, (place, hosts) -> plan(Goal.REMOVE, place, hosts));
  }

  @Override
  public List<SigningRequest> requestCertificates(ClusterSpec spec, Path folder) {
    return new RequestFolder(folder, workers).write(resolve(spec), new RunControl());
  }

  @Override
  public void takeOver(ClusterSpec spec, Path rkeState) {
    new TakeOver(settings.plugins().store(), LEASE_PATIENCE).run(spec.name(), rkeState);
  }

  @Override
  public CheckReport check(ClusterSpec spec) {
    return look(
        resolveToBuild(spec),
        Replacing::begun,
        (place, hosts) -> {
          ClusterMemory memory = place.memory();
          return new HostSurvey(
                  place.cluster(),
                  memory.untouchedNodes(place.cluster()),
                  memory.standing(Standing.COMING),
                  memory.certificates(),
                  hosts,
                  clock)
              .report(tools.checkers());
        });
  }

  /** Looks at the hosts, and changes nothing. */
  private <T> T look(
      Resolved cluster,
      Function<Replacing, Replacements> lost,
      BiFunction<Workplace, Hosts, T> look) {
    ClusterMemory memory = tools.memory(cluster);
    try (SshConnector ssh = tools.ssh(cluster, new RunControl());
        Replacing replacing = new Replacing(cluster, memory, tools, ssh, node -> {})) {
      Replacements replacements = lost.apply(replacing);
      Machinery machines = tools.machinery(cluster, ssh, replacements);
      try (Workplace place =
              new Workplace(
                  replacements.without(cluster),
                  machines,
                  memory.supposing(replacements.names(), Standing.AWAITED),
                  tools.issuer(),
                  tools.api(ssh, cluster.spec()),
                  Workplace.Notices.NONE);
          HostPool hosts =
              tools.hosts(machines.ready(), cluster, place::tls, ssh, (node, facts) -> {})) {
        place.kube().seeOnce();
        return look.apply(place, hosts);
      }
    }
  }

  @Override
  public Plan planOffline(ClusterSpec spec) {
    Resolved cluster = resolveToBuild(spec);
    ClusterMemory memory = tools.memory(new NoState(), cluster);
    try (SshConnector ssh = tools.ssh(cluster, new RunControl());
        Replacing none = new Replacing(cluster, memory, tools, ssh, node -> {});
        Workplace place =
            new Workplace(
                cluster,
                Machinery.offline(tools.driver(), none.begun()),
                memory,
                tools.issuer(),
                tools.offlineApi(ssh),
                Workplace.Notices.NONE)) {
      return plan(Goal.PROVISION, place, new BlankHosts());
    }
  }

  private Plan plan(Goal goal, Workplace place, Hosts hosts) {
    Resolved cluster = place.cluster();
    List<Step> steps = new ArrayList<>();
    if (goal == Goal.PROVISION) {
      steps.addAll(
          ProvisionSequence.preparation(cluster, place.account(), place.issuer(), place.memory()));
      steps.addAll(ProvisionSequence.machines(cluster, place.machines()));
    }
    steps.addAll(steps(goal, place));
    return new Plan(
        goal,
        cluster.spec(),
        new Planner(tools.lookers(), hosts).plan(steps),
        warnings(cluster, place.memory()));
  }

  private List<String> warnings(Resolved cluster, ClusterMemory memory) {
    List<String> warnings = new ArrayList<>(Membership.leftBehind(cluster, memory));
    warnings.addAll(Warnings.of(cluster, settings.plugins().versions()));
    return warnings;
  }

  private static List<Step> steps(Goal goal, Workplace place) {
    Resolved cluster = place.cluster();
    if (goal == Goal.REMOVE) {
      return RemovalSequence.steps(cluster, place);
    }
    place.checkAgainstMemory();
    return ProvisionSequence.steps(cluster, place);
  }

  @Override
  public Provisioning apply(Plan plan) {
    Resolved cluster = resolve(plan);
    Lease lease = settings.plugins().store().acquire(plan.spec().name(), LEASE_PATIENCE);
    String id = UUID.randomUUID().toString().substring(0, 8);
    EventBus events = new EventBus(id, clock, settings.listeners(plan.spec(), clock));
    RunControl control = new RunControl(lease::isHeld);
    Provision run = new Provision(id, control, events);
    run.start(
        () -> {
          try (lease) {
            return carryOut(plan, cluster, control, events);
          } finally {
            events.close();
          }
        });
    return run;
  }

  private Resolved resolve(Plan plan) {
    return plan.goal() == Goal.REMOVE ? resolve(plan.spec()) : resolveToBuild(plan.spec());
  }

  private Optional<Cluster> carryOut(
      Plan plan, Resolved cluster, RunControl control, EventBus events) {
    ClusterMemory memory = tools.memory(cluster);
    Workplace.Notices notices =
        new Workplace.Notices(
            events::warning,
            node -> events.nodeReady(node.value()),
            node -> events.nodeRemoved(node.value()));
    try (SshConnector ssh = tools.ssh(cluster, control);
        Replacing replacing = new Replacing(cluster, memory, tools, ssh, notices.removedNodes());
        Site site =
            new Site(
                located ->
                    new Workplace(
                        located,
                        tools.machinery(located, ssh, replacing.begun()),
                        memory,
                        tools.issuer(),
                        tools.api(ssh, located.spec()),
                        notices));
        HostPool hosts =
            tools.hosts(
                inventory(plan.goal(), tools.machinery(cluster, ssh, replacing.begun())),
                cluster,
                site::tls,
                ssh,
                (node, facts) -> events.nodeConnected(node.value(), facts))) {
      Executor executor = new Executor(workers, hosts, events, control, settings.limits(), plan);
      if (plan.goal() == Goal.REMOVE) {
        Resolved left = replacing.begun().without(cluster);
        executor.execute(() -> steps(plan.goal(), site.open(left)));
        return Optional.empty();
      }
      executor.execute(
          () ->
              ProvisionSequence.preparation(
                  cluster, settings.account(cluster.spec()), tools.issuer(), memory),
          () -> {
            // Not before: a management cluster that keeps the state has just been prepared for it.
            memory.expect(cluster, ProvisionSequence.addons(cluster));
            return ProvisionSequence.machines(
                cluster, tools.machinery(cluster, ssh, replacing.approved(plan)));
          },
          () -> steps(plan.goal(), site.open(located(replacing.without(cluster)))));
      return Workplace.describe(site.cluster(), memory);
    }
  }

  /** Whoever cleans a host whose engine does not answer has to hear of that engine. */
  private static NodeInventory inventory(Goal goal, Machinery machines) {
    return goal == Goal.REMOVE ? machines.shell().inventory() : machines.ready();
  }

  /** The cluster once its machines are made. */
  private Resolved located(Resolved cluster) {
    Resolved located = cluster.isLocated() ? cluster : resolve(cluster.spec());
    for (ClusterNode node : located.nodes()) {
      if (!node.isLocated()) {
        throw ProviderException.permanentFailure(
            "the node driver has made a machine for node " + node.name() + " and does not find it",
            "Its find(…) has to return what its create(…) returned",
            null);
      }
    }
    return located;
  }

  @Override
  public Optional<Cluster> find(ClusterSpec spec) {
    Resolved cluster = resolve(spec);
    return Workplace.describe(cluster, tools.memory(cluster));
  }

  private Resolved resolve(ClusterSpec spec) {
    return Resolution.of(spec, settings.plugins().driver(), settings.plugins().versions());
  }

  /** Whoever takes a cluster away need not have certificates that could build it. */
  private Resolved resolveToBuild(ClusterSpec spec) {
    Resolved cluster = resolve(spec);
    ProvidedCertificates.check(cluster, clock.instant());
    return cluster;
  }

  @Override
  public void close() {
    settings.plugins().management().ifPresent(Management::close);
    if (settings.executor().isEmpty()) {
      workers.shutdownNow();
    }
  }
}
