package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Provisioning;
import io.rke4j.api.cluster.KubeApiBuilder;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.phase.Steps;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever one API server writes all others can read, at every moment of a change of keys. */
@Timeout(240)
class KnownKeysTest {

  private static final String ENCRYPTION = "/etc/kubernetes/ssl/encryption.yaml";
  private static final String FIRST = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String SECOND = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

  private final List<String> unreadable = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  @Test
  void aConfigurationThatReadsNothingPlainFollowsAnother() throws Exception {
    try (Trial trial = new Trial(2, folder)) {
      trial.watch(() -> look(trial));
      encrypt(trial, a -> a.encryptSecrets(keys(FIRST)));
      trial.build();

      encrypt(trial, a -> a.encryptSecrets(keys(SECOND, FIRST)));
      trial.build();
      assertThat(unreadable).isEmpty();

      trial.change(spec -> {});
      trial.build();
      assertThat(unreadable).isEmpty();
    }
  }

  @Test
  void aSecondKeyIsMadeBeforeAllHostsKnowTheFirst() throws Exception {
    try (Trial trial = new Trial(2, folder)) {
      trial.build();
      encrypt(trial, KubeApiBuilder::encryptSecrets);
      NodeName second = trial.spec().nodes().get(1).name();
      StepId introduced = Steps.on(Phase.FILES, "introduce-encryption-key", second);
      trial.interrupt(trial.provisioner().plan(trial.spec()), introduced, Provisioning::cancel);

      trial.watch(() -> look(trial));
      Instant now = Instant.now();
      encrypt(trial, a -> a.encryptSecrets().renewEncryptionKey(now));
      trial.build();
      assertThat(unreadable).isEmpty();
      assertThat(EncryptionFile.keys(file(trial.host()), "secrets")).hasSize(3);
    }
  }

  @Test
  void aClusterThatNoRunHasFinishedMayHaveApiServersThatKnowNoKey() throws Exception {
    try (Trial trial = Trial.serial(2, folder)) {
      StepId late = Steps.on(Phase.FINISH, "await-ready", trial.spec().nodes().get(1).name());
      trial.interrupt(trial.provisioner().plan(trial.spec()), late, Provisioning::cancel);

      trial.watch(() -> look(trial));
      encrypt(trial, KubeApiBuilder::encryptSecrets);
      trial.build();
      assertThat(unreadable).isEmpty();
    }
  }

  private static void encrypt(Trial trial, Consumer<KubeApiBuilder> change) {
    trial.change(spec -> spec.services(s -> s.apiServer(change)));
  }

  private static Secret keys(String... keys) {
    StringBuilder text = new StringBuilder();
    text.append("apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\n");
    text.append("resources:\n- resources: [secrets]\n  providers:\n  - aescbc:\n      keys:\n");
    for (String key : keys) {
      text.append("      - {name: k" + key.charAt(0) + ", secret: " + key + "}\n");
    }
    return Secret.of(text.toString());
  }

  private void look(Trial trial) {
    for (SimulatedHost writer : trial.fleet().hosts()) {
      for (SimulatedHost reader : trial.fleet().hosts()) {
        if (runs(writer)
            && runs(reader)
            && !EncryptionFile.keys(file(reader), "secrets")
                .containsAll(EncryptionFile.writingKeys(file(writer), "secrets"))) {
          unreadable.add(reader.name() + " cannot read what " + writer.name() + " writes");
        }
      }
    }
  }

  private static boolean runs(SimulatedHost host) {
    return host.docker().containers().find("kube-apiserver").isPresent();
  }

  /** An API server without that argument reads and writes in plain. */
  private static Secret file(SimulatedHost host) {
    boolean reads =
        host.docker().containers().require("kube-apiserver").settings().arguments().stream()
            .anyMatch(argument -> argument.startsWith("--encryption-provider-config="));
    return Secret.of(reads ? host.files().text(ENCRYPTION).orElse("") : "");
  }
}
