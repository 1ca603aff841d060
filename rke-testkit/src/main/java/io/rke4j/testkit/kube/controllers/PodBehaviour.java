package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.Optional;

/** What a container in a pod does when a kubelet starts it. Must not wait for anything. */
@FunctionalInterface
public interface PodBehaviour {

  /**
   * A container that is to be started.
   *
   * @param store the cluster
   * @param pod the pod
   * @param container the container in the pod's spec
   */
  record Start(KubeStore store, ObjectNode pod, JsonNode container) {}

  /** What becomes of a container. */
  sealed interface Outcome {

    /** It runs until its pod is deleted. */
    record Running(String log) implements Outcome {}

    /** It has ended. */
    record Exited(int code, String log) implements Outcome {}

    /**
     * It cannot start.
     *
     * @param reason for example {@code ImagePullBackOff}
     */
    record Waiting(String reason, String message) implements Outcome {}
  }

  /** What becomes of a container; empty if this one does not know it. */
  Optional<Outcome> start(Start start);

  /** Asks another one for what this does not know. */
  default PodBehaviour orElse(PodBehaviour other) {
    return asked -> start(asked).or(() -> other.start(asked));
  }

  /**
   * kubectl in a container does what it says; other containers of pods that are to end have ended
   * well, and all else runs.
   */
  static PodBehaviour usual() {
    return new KubectlInPod()
        .orElse(
            start ->
                Optional.of(
                    start.pod().path("spec").path("restartPolicy").asText().equals("Always")
                        ? new Outcome.Running("")
                        : new Outcome.Exited(0, "")));
  }
}
