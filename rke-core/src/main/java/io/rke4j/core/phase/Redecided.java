package io.rke4j.core.phase;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.spi.OperationContext;
import java.util.Set;
import java.util.function.Function;

/**
 * A step that does what another does, and is decided otherwise than by itself.
 *
 * @param step does it
 * @param rule decides whether it is done
 */
public record Redecided(Step.OnNode step, Function<HostView, Decision> rule)
    implements Step.OnNode {

  /** A step whose changes complete what others have brought about, so that they outdate no plan. */
  public static Step completing(Step.OnNode step) {
    return new Redecided(
        step,
        host -> {
          Decision decision = step.inspect(host);
          return decision instanceof Decision.Change change
              ? Decision.followUp(change.changes().toArray(String[]::new))
              : decision;
        });
  }

  @Override
  public StepId id() {
    return step.id();
  }

  @Override
  public NodeName node() {
    return step.node();
  }

  @Override
  public Set<StepId> after() {
    return step.after();
  }

  @Override
  public String title() {
    return step.title();
  }

  @Override
  public Decision inspect(HostView host) {
    return rule.apply(host);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    step.apply(host, context);
  }

  @Override
  public String definition(HostView host) {
    return step.definition(host);
  }
}
