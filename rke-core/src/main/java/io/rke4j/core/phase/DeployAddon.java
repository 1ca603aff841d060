package io.rke4j.core.phase;

import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.addon.AddonFailedException;
import io.rke4j.spi.addon.AddonState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts one addon into the cluster.
 *
 * @param id names the step
 * @param after what must be done before
 * @param addon the addon
 * @param atMost how long it may take
 * @param connection the cluster's API
 * @param warnings hears of an addon that failed and is not critical
 */
public record DeployAddon(
    StepId id,
    Set<StepId> after,
    PlannedAddon addon,
    Duration atMost,
    KubeConnection connection,
    Consumer<String> warnings)
    implements Step.OnCluster {

  /** Copies the ids. */
  public DeployAddon {
    after = Set.copyOf(after);
  }

  @Override
  public String title() {
    return "deploy " + addon.manifest().name();
  }

  @Override
  public Decision inspect() {
    String expected = "apply the manifest of " + addon.manifest().name();
    return connection.decide(kube -> decision(kube, expected), Decision.create(expected));
  }

  private Decision decision(KubeConnection kube, String expected) {
    AddonState state = kube.deployer().state(addon.manifest());
    return switch (state) {
      case DEPLOYED -> Decision.upToDate();
      case OUTDATED ->
          Decision.replace(List.of(expected + " again: it changed, or never finished"));
      case ABSENT -> Decision.create(expected);
    };
  }

  @Override
  public void apply(OperationContext context) {
    try {
      connection.deployer().deploy(addon.manifest(), atMost, context);
    } catch (AddonFailedException e) {
      if (addon.critical()) {
        throw e;
      }
      warnings.accept(text(e));
    }
  }

  private static String text(RkeException e) {
    return String.valueOf(e.getMessage());
  }
}
