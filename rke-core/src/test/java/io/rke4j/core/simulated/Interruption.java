package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.RecordingListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What befalls a run half-way.
 *
 * @param moments when
 * @param blow what; at each of the moments it befalls a run only once
 */
record Interruption(List<Predicate<ProvisionEvent>> moments, Consumer<Provisioning> blow) {

  /** Steps themselves wait for up to five minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  /**
   * Applies what there is to do until something happens, and cancels it then.
   *
   * @param seen the provisioner's listener
   */
  static void at(
      Predicate<ProvisionEvent> moment,
      ClusterProvisioner rke,
      ClusterSpec spec,
      RecordingListener seen)
      throws Exception {
    assertThat(
            new Interruption(List.of(moment), Provisioning::cancel).of(rke.plan(spec), rke, seen))
        .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo("cancelled"));
  }

  /**
   * Applies a plan.
   *
   * @param seen the provisioner's listener
   * @return how it failed; empty if it did not
   */
  Optional<RkeException> of(Plan plan, ClusterProvisioner rke, RecordingListener seen)
      throws Exception {
    CompletableFuture<Provisioning> run = new CompletableFuture<>();
    List<Predicate<ProvisionEvent>> left = new CopyOnWriteArrayList<>(moments);
    seen.forwardTo(
        event -> {
          if (left.removeIf(moment -> moment.test(event))) {
            // The run may be so fast that nobody holds its handle yet.
            blow.accept(run.join());
          }
        });
    run.complete(rke.apply(plan));
    Optional<RkeException> failure = ending(run.join());
    seen.forwardTo(event -> {});
    seen.assertWellFormed();
    assertThat(left).as("moments that did not come").isEmpty();
    return failure;
  }

  /** How a run fails; empty if it does not. */
  static Optional<RkeException> ending(Provisioning run) throws Exception {
    try {
      run.await(PATIENCE);
      return Optional.empty();
    } catch (RkeException typed) {
      return Optional.of(typed);
    }
  }
}
