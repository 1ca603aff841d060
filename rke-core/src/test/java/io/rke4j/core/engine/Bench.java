package io.rke4j.core.engine;

import io.rke4j.api.Pace;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.fake.FakeHosts;
import io.rke4j.testkit.RecordingListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** An engine with hosts in memory, and less patience than the real one. */
public final class Bench implements AutoCloseable {

  static final NodeName NODE = new NodeName("n1");

  final FakeHosts hosts = new FakeHosts();
  final RecordingListener seen = new RecordingListener();
  final List<ProvisionListener> listeners = new ArrayList<>(List.of(seen));
  final AtomicBoolean leaseHeld = new AtomicBoolean(true);
  final RunControl control;
  final ExecutorService own = Executors.newCachedThreadPool();
  ExecutorService workers = own;
  Executor.Limits limits = new Executor.Limits(10, false);
  private final Patience patience;

  /** A bench in the time of this world. */
  public Bench() {
    this(Ticker.REAL, new Patience(Duration.ofMillis(50), Duration.ofMillis(1), 4, Pace.USUAL));
  }

  Bench(Ticker ticker, Patience patience) {
    this.control = new RunControl(leaseHeld::get, ticker);
    this.patience = patience;
  }

  /** The hosts. */
  public FakeHosts hosts() {
    return hosts;
  }

  /** What the steps would do. */
  public Plan plan(Step... steps) {
    ClusterSpec spec =
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .node(
                "n1",
                n ->
                    n.address("192.0.2.1")
                        .user("rke")
                        .roles(Role.CONTROL_PLANE, Role.ETCD, Role.WORKER))
            .build();
    return new Plan(
        Plan.Goal.PROVISION,
        spec,
        new Planner(new SideBySide(own, limits.nodes()), hosts).plan(List.of(steps)),
        List.of());
  }

  /** Plans the steps and carries them out. */
  public void run(Step... steps) {
    run(plan(steps), steps);
  }

  /** Carries out what was planned. */
  public void run(Plan plan, Step... steps) {
    run(plan, () -> List.of(steps));
  }

  /** Carries out one act after the other. */
  public void run(Plan plan, Act... acts) {
    EventBus events = new EventBus("run", Clock.systemUTC(), listeners);
    try {
      new Executor(workers, hosts, new Executor.Reporting(events, control), limits, plan, patience)
          .execute(acts);
    } finally {
      events.close();
    }
  }

  @Override
  public void close() {
    own.shutdownNow();
  }
}
