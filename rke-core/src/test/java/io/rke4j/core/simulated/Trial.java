package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** One cluster on simulated hosts: runs that something befalls, and runs that nothing befalls. */
final class Trial implements AutoCloseable {

  /** Steps themselves wait for up to five minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final Path state;
  private final SimulatedFleet fleet;
  private final RecordingListener seen = new RecordingListener();
  private final ClusterProvisioner rke;
  private Consumer<ClusterSpec.Builder> change = nothing -> {};

  Trial(int hosts, Path state) {
    this(hosts, state, QuickProvisioner::builder);
  }

  /** One in which silence is noticed within seconds. */
  static Trial impatient(int hosts, Path state) {
    return new Trial(hosts, state, QuickProvisioner::impatient);
  }

  /** One in which a step begins when the one before it in the plan has ended. */
  static Trial serial(int hosts, Path state) {
    return new Trial(hosts, state, fleet -> QuickProvisioner.builder(fleet).serial());
  }

  private Trial(
      int hosts, Path state, Function<SimulatedFleet, ClusterProvisioner.Builder> provisioner) {
    this.state = state;
    fleet = SimulatedFleet.of(hosts);
    rke = provisioner.apply(fleet).stateDirectory(state).listener(seen).build();
  }

  /** Where the state of the cluster is kept. */
  Path state() {
    return state;
  }

  SimulatedFleet fleet() {
    return fleet;
  }

  SimulatedHost host() {
    return fleet.host(0);
  }

  ClusterProvisioner provisioner() {
    return rke;
  }

  ClusterSpec spec() {
    ClusterSpec.Builder spec =
        ClusterSpec.named("simulated")
            .kubernetes("v1.20.15-rancher2-1")
            .network(n -> n.plugin("flannel"));
    fleet.hosts().forEach(host -> addNode(spec, host));
    change.accept(spec);
    return spec.build();
  }

  /** From now on this, too, is asked for. */
  void change(Consumer<ClusterSpec.Builder> wanted) {
    change = wanted;
  }

  /** From now on this is done whenever a step begins. */
  void watch(Runnable look) {
    seen.forwardTo(
        event -> {
          if (event instanceof ProvisionEvent.StepStarted) {
            look.run();
          }
        });
  }

  private static void addNode(ClusterSpec.Builder spec, SimulatedHost host) {
    spec.node(
        host.name(),
        n ->
            n.address(host.address())
                .port(host.port())
                .user(host.user())
                .sshKey(Secret.of(host.privateKey()))
                .roles(Role.values()));
  }

  /**
   * Runs a plan that something befalls when a step starts, or has nothing to do any more: what is
   * waited for may be there already.
   *
   * @return how it failed; empty if it did not
   */
  Optional<RkeException> interrupt(Plan plan, StepId step, Consumer<Provisioning> blow)
      throws Exception {
    return interrupt(plan, List.of(step), blow);
  }

  /** The same at each of several steps. */
  Optional<RkeException> interrupt(Plan plan, List<StepId> steps, Consumer<Provisioning> blow)
      throws Exception {
    return new Interruption(steps.stream().map(Trial::isAt).toList(), blow).of(plan, rke, seen);
  }

  private static Predicate<ProvisionEvent> isAt(StepId step) {
    return event -> event instanceof ProvisionEvent.StepEvent its && its.step().equals(step);
  }

  /** Runs as far as it comes: every failure has a type. */
  Optional<RkeException> tryToBuild() throws Exception {
    try {
      Optional<RkeException> failure = Interruption.ending(rke.apply(rke.plan(spec())));
      seen.assertWellFormed();
      return failure;
    } catch (RkeException typed) {
      return Optional.of(typed);
    }
  }

  /** Nothing befalls this one: it ends in the cluster, and then there is nothing left to do. */
  void build() throws Exception {
    assertThat(rke.apply(rke.plan(spec())).await(PATIENCE)).isPresent();
    Plan left = rke.plan(spec());
    assertThat(left.isEmpty()).as("%s", left.render()).isTrue();
    seen.assertWellFormed();
  }

  /** Nothing befalls this one: the hosts have nothing of a cluster any more. */
  void remove() throws Exception {
    assertThat(rke.apply(rke.planRemoval(spec())).await(PATIENCE)).isEmpty();
    for (SimulatedHost host : fleet.hosts()) {
      assertThat(host.docker().containers().all()).isEmpty();
      assertThat(host.docker().machine().listeningPorts()).isEmpty();
      assertThat(host.files().below("/etc/kubernetes")).isEmpty();
      assertThat(host.files().below("/var/lib/etcd")).isEmpty();
    }
    seen.assertWellFormed();
  }

  @Override
  public void close() {
    rke.close();
    fleet.close();
  }
}
