package io.rke4j.core.phase.etcd;

import io.rke4j.api.cluster.EtcdHosting;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.AwaitHealthy;
import io.rke4j.core.phase.Redecided;
import io.rke4j.core.phase.RemoveContainers;
import io.rke4j.core.phase.RunContainer;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.files.Equipped;
import io.rke4j.core.render.Deployers;
import io.rke4j.core.render.Etcd;
import io.rke4j.core.render.EtcdSnapshots;
import io.rke4j.core.render.Health;
import io.rke4j.core.render.PortListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The etcd members. Those that do not run start together, since none is healthy before most are
 * there; in a cluster that runs, one that runs changes at a time, and the next only when all are
 * healthy again.
 *
 * @param equipped the hosts with their files
 * @param established whether the cluster has run before
 */
public record EtcdPhase(Equipped equipped, boolean established) implements PhaseUnit<EtcdRunning> {

  static final String START = "start-etcd";
  static final String RUN = "run-etcd";
  static final String AWAIT = "await-etcd";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public Phase phase() {
    return Phase.ETCD;
  }

  @Override
  public List<Step> steps() {
    return established && cluster().nodesWith(Role.ETCD).size() > 1 ? oneByOne() : together();
  }

  /** A lone first member of three is never healthy: all start, and then all are awaited. */
  private List<Step> together() {
    List<Step> steps = new ArrayList<>();
    for (ClusterNode member : cluster().nodesWith(Role.ETCD)) {
      steps.add(prepare(member));
      steps.add(run(member, Set.of()));
    }
    cluster().nodesWith(Role.ETCD).forEach(member -> steps.addAll(finish(member)));
    return steps;
  }

  private List<Step> oneByOne() {
    List<Step> steps = new ArrayList<>();
    List<ClusterNode> members = cluster().nodesWith(Role.ETCD);
    for (ClusterNode member : members) {
      steps.add(prepare(member));
      steps.add(start(member));
    }
    Set<StepId> turn = Steps.onEach(members, one -> Steps.on(Phase.ETCD, START, one.name()));
    for (ClusterNode member : members) {
      steps.add(change(member, turn));
      steps.addAll(finish(member));
      turn = Set.of(await(member).id());
    }
    return steps;
  }

  /**
   * Starts a member that does not run, which costs the others nothing. It completes a cluster that
   * is there, so no plan is outdated by a member that has stopped since.
   */
  private Step start(ClusterNode member) {
    return new Redecided(
        runAs(START, member, Set.of()),
        host ->
            RunContainer.isRunning(host, "etcd")
                ? Decision.upToDate()
                : Decision.followUp("start etcd, which does not run"));
  }

  /** Replaces a member, which may cost the quorum; those that do not run are started before. */
  private Step change(ClusterNode member, Set<StepId> turn) {
    RunContainer run = run(member, turn);
    return new Redecided(
        run,
        host -> {
          Decision decision = run.inspect(host);
          return decision instanceof Decision.Change change && change.kind() == Decision.Kind.CREATE
              ? Decision.upToDate()
              : decision;
        });
  }

  private List<Step> finish(ClusterNode member) {
    Step await = await(member);
    Set<StepId> healthy = Set.of(await.id());
    return List.of(
        await,
        cluster().spec().services().etcd().snapshots().enabled()
            ? snapshots(member, healthy)
            : noSnapshots(member, healthy));
  }

  private Step prepare(ClusterNode member) {
    return new PrepareDataDirectory(
        member.name(),
        Steps.all(
            equipped.checked().probed(),
            Set.of(
                equipped.secured().issued(), equipped.fleet().pulled(member, SystemImage.ALPINE))),
        cluster().spec().services().etcd().hosting() instanceof EtcdHosting.Managed managed
            ? managed
            : EtcdHosting.Managed.BY_ROOT,
        Founders.of(cluster(), established),
        engine -> Deployers.ETCD_FOLDER.render(cluster(), member, engine));
  }

  private RunContainer run(ClusterNode member, Set<StepId> previous) {
    return runAs(RUN, member, previous);
  }

  private RunContainer runAs(String action, ClusterNode member, Set<StepId> previous) {
    return new RunContainer(
        Steps.on(Phase.ETCD, action, member.name()),
        member.name(),
        Steps.all(
            previous,
            equipped.certified(member.name()),
            equipped.checked().freed(member, PortListener.ETCD),
            Set.of(
                PrepareDataDirectory.id(member.name()),
                equipped.fleet().pulled(member, SystemImage.ETCD))),
        engine -> Etcd.founding().render(cluster(), member, engine));
  }

  private Step await(ClusterNode member) {
    return new AwaitHealthy(
        Steps.on(Phase.ETCD, AWAIT, member.name()),
        member.name(),
        established ? Set.of(Steps.on(Phase.ETCD, RUN, member.name())) : result().started(),
        "etcd",
        Health.of(Component.ETCD, cluster(), member),
        PATIENCE);
  }

  private Step snapshots(ClusterNode member, Set<StepId> healthy) {
    return new RunContainer(
        Steps.on(Phase.ETCD, "run-etcd-rolling-snapshots", member.name()),
        member.name(),
        Steps.all(healthy, equipped.placed(member.name())),
        engine -> new EtcdSnapshots().render(cluster(), member, engine));
  }

  /** The snapshots that there are stay. */
  private static Step noSnapshots(ClusterNode member, Set<StepId> healthy) {
    return new RemoveContainers(
        Steps.on(Phase.ETCD, "remove-etcd-rolling-snapshots", member.name()),
        member.name(),
        healthy,
        List.of(EtcdSnapshots.NAME),
        name -> false);
  }

  private Resolved cluster() {
    return equipped.cluster();
  }

  @Override
  public EtcdRunning result() {
    return new EtcdRunning(equipped);
  }
}
