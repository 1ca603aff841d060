package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.Provisioning;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.testkit.RecordingListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A run that somebody cancels half-way. */
final class Interruption {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private Interruption() {}

  /**
   * Applies what there is to do until something happens.
   *
   * @param moment when to cancel
   * @param seen the provisioner's listener
   */
  static void at(
      Predicate<ProvisionEvent> moment,
      ClusterProvisioner rke,
      ClusterSpec spec,
      RecordingListener seen) {
    CompletableFuture<Provisioning> run = new CompletableFuture<>();
    seen.forwardTo(
        event -> {
          if (moment.test(event)) {
            run.join().cancel();
          }
        });
    run.complete(rke.apply(rke.plan(spec)));
    assertThatThrownBy(() -> run.join().await(PATIENCE))
        .isInstanceOfSatisfying(
            RkeException.class, failure -> assertThat(failure.code()).isEqualTo("cancelled"));
    seen.forwardTo(event -> {});
  }
}
