package io.rke4j.core.phase.controlplane;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.pki.Encryption;
import io.rke4j.spi.OperationContext;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes every Secret, and what else is encrypted, anew, so that all of it is encrypted as the API
 * servers now do it, or plain.
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
    return "write " + what() + " anew";
  }

  @Override
  public Decision inspect() {
    return encryption.isFinished()
        ? Decision.upToDate()
        : Decision.followUp(
            "write "
                + what()
                + ", so that none stays "
                + (encryption.expected().decrypting() ? "encrypted" : "as it was"));
  }

  private String what() {
    Set<String> resources = new TreeSet<>(encryption.resources());
    return resources.equals(Set.of(EncryptionFile.SECRETS))
        ? "every Secret"
        : "all of these: " + String.join(", ", resources);
  }

  @Override
  public void apply(OperationContext context) {
    context.waitUntil("the API server to be ready", PATIENCE, () -> connection.api().ready());
    connection.api().storageRewrite().run(encryption.resources(), context);
    encryption.finish();
  }
}
