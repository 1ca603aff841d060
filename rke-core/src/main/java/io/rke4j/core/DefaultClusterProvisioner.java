package io.rke4j.core;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.SigningRequest;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.Plan.Goal;
import io.rke4j.core.check.HostSurvey;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.EventBus;
import io.rke4j.core.engine.Executor;
import io.rke4j.core.engine.Planner;
import io.rke4j.core.engine.RunControl;
import io.rke4j.core.engine.SideBySide;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.BlankHosts;
import io.rke4j.core.host.HostPool;
import io.rke4j.core.host.Hosts;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.core.management.Management;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.pki.ProvidedCertificates;
import io.rke4j.core.pki.RequestFolder;
import io.rke4j.core.ssh.SshConnector;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Plans and runs: opens what a run works with, lets the engine do it, and closes it again. */
final class DefaultClusterProvisioner implements ClusterProvisioner {

  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(3);

  private final Settings settings;
  private final ExecutorService workers;
  private final Clock clock = Clock.systemUTC();

  DefaultClusterProvisioner(Settings settings) {
    this.settings = settings;
    this.workers = settings.executor().orElseGet(Workers::start);
    workers.execute(SshConnector::prepare);
  }

  @Override
  public Plan plan(ClusterSpec spec) {
    return look(
        resolveToBuild(spec),
        (place, hosts) -> {
          place.expectKeys();
          return plan(Goal.PROVISION, place, hosts);
        });
  }

  @Override
  public Plan planRemoval(ClusterSpec spec) {
    return look(resolve(spec), (place, hosts) -> plan(Goal.REMOVE, place, hosts));
  }

  @Override
  public List<SigningRequest> requestCertificates(ClusterSpec spec, Path folder) {
    return new RequestFolder(folder, workers).write(resolve(spec), new RunControl());
  }

  @Override
  public CheckReport check(ClusterSpec spec) {
    return look(
        resolveToBuild(spec),
        (place, hosts) -> {
          Set<NodeName> untouched = place.memory().untouchedNodes(place.cluster());
          return new HostSurvey(
                  place.cluster(), untouched, place.memory().certificates(), hosts, clock)
              .report(lookers());
        });
  }

  /** Looks at the hosts, and changes nothing. */
  private <T> T look(Resolved cluster, BiFunction<Workplace, Hosts, T> look) {
    ClusterMemory memory = memory(settings.plugins().store(), cluster);
    try (SshConnector ssh = ssh(cluster, new RunControl());
        Workplace place =
            new Workplace(
                cluster,
                machinery(cluster, ssh),
                memory,
                issuer(),
                api(ssh, settings.account(cluster.spec())),
                Workplace.Notices.NONE);
        HostPool hosts = hosts(place.machines(), cluster, place::tls, ssh, (node, facts) -> {})) {
      return look.apply(place, hosts);
    }
  }

  @Override
  public Plan planOffline(ClusterSpec spec) {
    Resolved cluster = resolveToBuild(spec);
    ClusterMemory memory = memory(new NoState(), cluster);
    try (SshConnector ssh = ssh(cluster, new RunControl());
        Workplace place =
            new Workplace(
                cluster,
                Machinery.offline(settings.plugins().driver()),
                memory,
                issuer(),
                api(ssh, Optional.empty()),
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
        new Planner(lookers(), hosts).plan(steps),
        Warnings.of(cluster, settings.plugins().versions()));
  }

  private SideBySide lookers() {
    return new SideBySide(workers, settings.limits().nodes());
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
    ClusterMemory memory = memory(settings.plugins().store(), cluster);
    Workplace.Notices notices =
        new Workplace.Notices(
            events::warning,
            node -> events.nodeReady(node.value()),
            node -> events.nodeRemoved(node.value()));
    try (SshConnector ssh = ssh(cluster, control);
        Site site =
            new Site(
                located ->
                    new Workplace(
                        located,
                        machinery(located, ssh),
                        memory,
                        issuer(),
                        api(ssh, settings.account(located.spec())),
                        notices));
        HostPool hosts =
            hosts(
                machinery(cluster, ssh),
                cluster,
                site::tls,
                ssh,
                (node, facts) -> events.nodeConnected(node.value(), facts))) {
      Executor executor = new Executor(workers, hosts, events, control, settings.limits(), plan);
      if (plan.goal() == Goal.REMOVE) {
        executor.execute(() -> steps(plan.goal(), site.open(cluster)));
        return Optional.empty();
      }
      executor.execute(
          () ->
              ProvisionSequence.preparation(
                  cluster, settings.account(cluster.spec()), issuer(), memory),
          () -> ProvisionSequence.machines(cluster, machinery(cluster, ssh)),
          () -> steps(plan.goal(), site.open(located(cluster))));
      return Workplace.describe(site.cluster(), memory);
    }
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
    return Workplace.describe(cluster, memory(settings.plugins().store(), cluster));
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

  private ClusterMemory memory(StateStore store, Resolved cluster) {
    return new ClusterMemory(store, cluster.spec().name(), clock);
  }

  private SshConnector ssh(Resolved cluster, CancellationToken cancellation) {
    return new SshConnector(settings.hostKeys(), cluster.spec().access().bastions(), cancellation);
  }

  private Machinery machinery(Resolved cluster, SshConnector ssh) {
    return Machinery.of(
        settings.plugins().driver(), cluster.spec().runtime().docker(), ssh::connect);
  }

  private Workplace.Api api(SshConnector ssh, Optional<ClusterAccount> account) {
    return new Workplace.Api(settings.plugins().deployers(), ssh.route(), account);
  }

  private CertificateIssuer issuer() {
    return new CertificateIssuer(clock, workers, settings.plugins().internals().keys());
  }

  private HostPool hosts(
      Machinery machines,
      Resolved cluster,
      Supplier<Optional<SSLContext>> tls,
      SshConnector ssh,
      HostPool.ConnectionListener listener) {
    return new HostPool(
        cluster.spec().nodes(),
        machines.ready(),
        ssh::connect,
        (machine, connection) ->
            settings.plugins().runtimes().open(machine, connection, cluster.spec().runtime()),
        tls,
        listener);
  }

  @Override
  public void close() {
    settings.plugins().management().ifPresent(Management::close);
    if (settings.executor().isEmpty()) {
      workers.shutdownNow();
    }
  }
}
