package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.controllers.PodBehaviour.Outcome;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.json.Pods;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import io.rke4j.testkit.kube.store.StoreEvent.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the pods that have a node, as long as that node is ready; ends those that are deleted. */
final class Kubelets implements Controller {

  private final PodBehaviour behaviour;

  Kubelets(PodBehaviour behaviour) {
    this.behaviour = behaviour;
  }

  @Override
  public void react(KubeStore store, StoreEvent event) {
    switch (event.collection()) {
      case "pods" ->
          store
              .find(Kinds.pods(store), Meta.namespace(event.object()), Meta.name(event.object()))
              .ifPresent(pod -> sync(store, pod));
      case "nodes" -> {
        String node = Meta.name(event.object());
        boolean isGone =
            event.change() == Change.DELETED && store.find(Kinds.nodes(store), "", node).isEmpty();
        for (ObjectNode pod : store.podsOn(node, pod -> true)) {
          if (isGone) {
            end(store, pod);
          } else {
            sync(store, pod);
          }
        }
      }
      case "configmaps", "secrets" ->
          // Pods may have waited for it as a volume.
          store
              .select(Kinds.pods(store), Meta.namespace(event.object()), Kubelets::isPending)
              .forEach(pod -> sync(store, pod));
      default -> {}
    }
  }

  private static boolean isPending(ObjectNode pod) {
    return pod.path("status").path("phase").asText().equals("Pending");
  }

  private void sync(KubeStore store, ObjectNode pod) {
    Optional<ObjectNode> node =
        store.find(Kinds.nodes(store), "", Pods.node(pod)).filter(Placement::isReady);
    if (node.isEmpty()) {
      return;
    }
    if (Meta.isBeingDeleted(pod)) {
      end(store, pod);
    } else if (isPending(pod)) {
      run(store, pod, node.get());
    }
  }

  private static void end(KubeStore store, ObjectNode pod) {
    store.delete(Kinds.pods(store), Meta.namespace(pod), Meta.name(pod), Deletion.now());
  }

  private void run(KubeStore store, ObjectNode pod, ObjectNode node) {
    List<Outcome> outcomes = new ArrayList<>();
    for (JsonNode container : pod.path("spec").path("containers")) {
      Outcome outcome =
          behaviour
              .start(new PodBehaviour.Start(store, pod, container))
              .orElseGet(() -> new Outcome.Running(""));
      outcomes.add(outcome);
      String log = log(outcome);
      if (!log.isEmpty()) {
        store.logs().append(Meta.uid(pod), container.path("name").asText(), log);
      }
    }
    Kinds.change(
        store,
        Kinds.pods(store),
        pod,
        present -> PodStatus.of(present, node, outcomes, store.now()));
    if (pod.path("status").path("containerStatuses").isEmpty()) {
      Events.record(store, pod, "Normal", "Started", "Started the containers of the pod");
    }
  }

  private static String log(Outcome outcome) {
    if (outcome instanceof Outcome.Running running) {
      return running.log();
    }
    return outcome instanceof Outcome.Exited exited ? exited.log() : "";
  }
}
