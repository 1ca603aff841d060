package io.rke4j.core.phase.controlplane;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.pki.Encryption;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Forgets the key of Secrets, once nothing is encrypted with it and no host has it.
 *
 * @param after what must be done before
 * @param encryption how Secrets were encrypted
 */
record ForgetEncryption(Set<StepId> after, Encryption encryption) implements Step.OnCluster {

  static final StepId ID = Steps.once(Phase.CONTROL_PLANE, "forget-encryption");

  @Override
  public StepId id() {
    return ID;
  }

  @Override
  public String title() {
    return "forget the key of Secrets";
  }

  @Override
  public Decision inspect() {
    return Decision.followUp("forget the key of Secrets");
  }

  @Override
  public void apply(OperationContext context) {
    encryption.forget();
  }
}
