package io.rke4j.core.phase.pki;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.state.EncryptionRecord;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Set;

/**
 * Saves how Secrets are to be encrypted, before a host hears of it: a key that only hosts had would
 * be lost with them.
 *
 * @param after what must be done before
 * @param encryption what is wanted
 */
record SaveEncryption(Set<StepId> after, Encryption encryption) implements Step.OnCluster {

  static final StepId ID = Steps.once(Phase.PKI, "save-encryption");

  @Override
  public StepId id() {
    return ID;
  }

  @Override
  public String title() {
    return "save how Secrets are encrypted";
  }

  @Override
  public Decision inspect() {
    EncryptionRecord present = encryption.memory().encryption();
    EncryptionRecord expected = encryption.expected();
    if (present.equals(expected)) {
      return Decision.upToDate();
    }
    if (!present.isSet()) {
      return Decision.create(
          expected.generated()
              ? "make a key for Secrets, and save it"
              : "save the configuration by which Secrets are encrypted");
    }
    return Decision.replace(List.of(change(present, expected)));
  }

  private static String change(EncryptionRecord present, EncryptionRecord expected) {
    if (expected.decrypting()) {
      return "keep the key of Secrets until they are plain";
    }
    boolean newKey = expected.generated() && !expected.keyMade().equals(present.keyMade());
    return newKey ? "make a new key for Secrets, and save it" : "change how Secrets are encrypted";
  }

  @Override
  public void apply(OperationContext context) {
    encryption.save();
  }
}
