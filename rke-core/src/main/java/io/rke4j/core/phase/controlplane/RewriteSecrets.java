package io.rke4j.core.phase.controlplane;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.pki.Encryption;
import io.rke4j.spi.OperationContext;
import java.time.Duration;
import java.util.Set;

/**
 * Writes every Secret anew, so that all of them are encrypted as the API servers now do it, or
 * plain.
 *
 * @param after what must be done before
 * @param connection the cluster's API
 * @param encryption how Secrets are encrypted
 */
record RewriteSecrets(Set<StepId> after, KubeConnection connection, Encryption encryption)
    implements Step.OnCluster {

  static final StepId ID = Steps.once(Phase.CONTROL_PLANE, "rewrite-secrets");

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public StepId id() {
    return ID;
  }

  @Override
  public String title() {
    return "write every Secret anew";
  }

  @Override
  public Decision inspect() {
    return encryption.isFinished()
        ? Decision.upToDate()
        : Decision.followUp(
            encryption.expected().decrypting()
                ? "write every Secret, so that none stays encrypted"
                : "write every Secret, so that none stays as it was");
  }

  @Override
  public void apply(OperationContext context) {
    context.waitUntil("the API server to be ready", PATIENCE, () -> connection.api().ready());
    connection.api().secretRewrite().run(context.cancellation());
    encryption.finish();
  }
}
