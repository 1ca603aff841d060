package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.NodeDriver;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the machine of a node where there is none. It is made when its sshd answers: a machine has
 * its address before that.
 *
 * @param spec the node
 * @param after what must be done before
 * @param driver makes machines
 * @param shell reaches them
 * @param replacements the machines that are replaced
 */
record CreateMachine(
    NodeSpec spec,
    Set<StepId> after,
    NodeDriver driver,
    MachineShell shell,
    Replacements replacements)
    implements Step.OnCluster {

  private static final Duration BOOT = Duration.ofMinutes(5);

  CreateMachine {
    after = Set.copyOf(after);
  }

  static StepId id(NodeName node) {
    return Steps.on(Phase.MACHINE, "create-machine", node);
  }

  @Override
  public StepId id() {
    return id(spec.name());
  }

  @Override
  public Optional<NodeName> worksOn() {
    return Optional.of(spec.name());
  }

  @Override
  public String title() {
    return "create the machine of " + spec.name();
  }

  @Override
  public Decision inspect() {
    return replacements.without(driver).find(spec).isPresent()
        ? Decision.upToDate()
        : Decision.create("create a machine for roles " + spec.roles());
  }

  @Override
  public void apply(OperationContext context) {
    driver.create(spec, context);
    context.waitUntil("a login to the machine of " + spec.name(), BOOT, this::login);
  }

  private Observation login() {
    try {
      shell.greet(spec);
    } catch (ProviderException e) {
      if (e.isTransient()) {
        return Observation.notYet(String.valueOf(e.getMessage()));
      }
      // It is not a matter of time, and whoever needs the host says what it is.
    }
    return Observation.done();
  }
}
