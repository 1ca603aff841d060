package io.rke4j.core.phase.controlplane;

import static io.rke4j.core.cluster.Component.KUBE_APISERVER;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.AwaitHealthy;
import io.rke4j.core.phase.Components;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.files.EncryptionFiles;
import io.rke4j.core.phase.files.Equipped;
import io.rke4j.core.phase.pki.Encryption;
import io.rke4j.core.render.FileRemover;
import io.rke4j.core.render.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The steps by which Secrets become encrypted, or plain again. Several API servers that may run
 * already first learn to read with a key, and only then write with it. On the way back they read a
 * file by which they decrypt and write in plain, every Secret is written, and only then may they
 * lose the key.
 */
record EncryptionSteps(
    Components components, Equipped equipped, EncryptionFiles files, KubeConnection connection) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The step that ends them; none if there is nothing to encrypt or decrypt. */
  static Set<StepId> ends(Encryption encryption) {
    if (!encryption.concerns()) {
      return Set.of();
    }
    return Set.of(encryption.ends() ? ForgetEncryption.ID : RewriteSecrets.ID);
  }

  /** What comes before an API server loses its key. */
  List<Step> beforeStart() {
    if (!encryption().ends()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    for (ClusterNode node : servers()) {
      steps.add(
          new AwaitHealthy(
              on("await-decryption", node),
              node.name(),
              equipped.placed(node.name()),
              KUBE_APISERVER.container(),
              Health.of(KUBE_APISERVER, cluster(), node),
              PATIENCE));
    }
    Set<StepId> answer = Steps.onEach(servers(), node -> on("await-decryption", node));
    steps.add(new RewriteSecrets(answer, connection, encryption()));
    return steps;
  }

  /** What comes when all API servers run as they are to run. */
  List<Step> afterStart() {
    Set<StepId> running = Steps.onEach(servers(), node -> components.healthy(KUBE_APISERVER, node));
    if (!encryption().concerns()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    if (!encryption().ends()) {
      steps.addAll(files.begin(running));
      Set<StepId> writing = Steps.all(running, Steps.ids(steps));
      steps.add(new RewriteSecrets(writing, connection, encryption()));
      return steps;
    }
    for (ClusterNode node : servers()) {
      steps.add(
          new RemoveFile(
              on("delete-encryption", node),
              node.name(),
              Set.of(components.healthy(KUBE_APISERVER, node)),
              EncryptionFile.PATH,
              engine -> new FileRemover(EncryptionFile.PATH).render(cluster(), node, engine)));
    }
    steps.add(
        new ForgetEncryption(
            Steps.onEach(servers(), node -> on("delete-encryption", node)), encryption()));
    return steps;
  }

  private StepId on(String action, ClusterNode node) {
    return Steps.on(components.phase(), action, node.name());
  }

  private Encryption encryption() {
    return equipped.secured().encryption();
  }

  private Resolved cluster() {
    return equipped.cluster();
  }

  private List<ClusterNode> servers() {
    return cluster().nodesWith(Role.CONTROL_PLANE);
  }
}
