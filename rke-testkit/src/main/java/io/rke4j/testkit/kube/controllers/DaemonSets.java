package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.json.Pods;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps a pod of every DaemonSet on every node that suits it. A change of one node or pod has only
 * that node looked at, and pods are counted when there is nothing else to do: a cluster may have a
 * thousand nodes.
 */
final class DaemonSets implements Controller {

  private static final String GENERATION = "pod-template-generation";

  /** A set by its name. */
  private record Named(String namespace, String name) {
    static Named of(ObjectNode set) {
      return new Named(Meta.namespace(set), Meta.name(set));
    }
  }

  private final Set<Named> uncounted = new LinkedHashSet<>();

  @Override
  public void react(KubeStore store, StoreEvent event) {
    switch (event.collection()) {
      case "daemonsets.apps" -> {
        if (!isOfStatusOnly(event)) {
          find(store, Named.of(event.object())).ifPresent(set -> sync(store, set));
        }
      }
      case "nodes" ->
          store
              .select(Kinds.apps(store, "daemonsets"), "", set -> !Meta.isBeingDeleted(set))
              .forEach(set -> syncOn(store, set, Meta.name(event.object())));
      case "pods" ->
          Meta.owners(event.object())
              .filter(owner -> owner.path("kind").asText().equals("DaemonSet"))
              .map(owner -> new Named(Meta.namespace(event.object()), owner.path("name").asText()))
              .forEach(
                  owner ->
                      find(store, owner)
                          .ifPresent(set -> syncOn(store, set, Pods.node(event.object()))));
      default -> {}
    }
  }

  private static boolean isOfStatusOnly(StoreEvent event) {
    return event
        .previous()
        .filter(before -> generation(before).equals(generation(event.object())))
        .filter(before -> Meta.isBeingDeleted(before) == Meta.isBeingDeleted(event.object()))
        .isPresent();
  }

  private static Optional<ObjectNode> find(KubeStore store, Named set) {
    return store
        .find(Kinds.apps(store, "daemonsets"), set.namespace(), set.name())
        .filter(one -> !Meta.isBeingDeleted(one));
  }

  private void sync(KubeStore store, ObjectNode set) {
    List<ObjectNode> pods = active(store, set);
    List<String> nodes =
        store.select(Kinds.nodes(store), "", node -> fits(set, node)).stream()
            .map(Meta::name)
            .toList();
    replaceOutdated(store, set, pods, Set.copyOf(nodes));
    Set<String> served = active(store, set).stream().map(Pods::node).collect(Collectors.toSet());
    nodes.stream().filter(node -> !served.contains(node)).forEach(node -> add(store, set, node));
    uncounted.add(Named.of(set));
  }

  private void syncOn(KubeStore store, ObjectNode set, String name) {
    boolean isWanted =
        store.find(Kinds.nodes(store), "", name).filter(node -> fits(set, node)).isPresent();
    Set<String> nodes = isWanted ? Set.of(name) : Set.of();
    replaceOutdated(store, set, activeOn(store, set, name), nodes);
    if (isWanted && activeOn(store, set, name).isEmpty()) {
      add(store, set, name);
    }
    uncounted.add(Named.of(set));
  }

  private static boolean fits(ObjectNode set, ObjectNode node) {
    return Placement.fitsDaemon(set.path("spec").path("template").path("spec"), node);
  }

  private static void add(KubeStore store, ObjectNode set, String node) {
    ObjectNode pod = PodTemplates.pod(set);
    Pods.place(pod, node);
    Json.child(Meta.of(pod), "labels").put(GENERATION, generation(set));
    PodTemplates.create(store, set, pod);
  }

  private static void replaceOutdated(
      KubeStore store, ObjectNode set, List<ObjectNode> pods, Set<String> nodes) {
    for (ObjectNode pod : pods) {
      boolean isCurrent =
          Meta.label(pod, GENERATION).filter(generation(set)::equals).isPresent()
              && nodes.contains(Pods.node(pod));
      if (!isCurrent) {
        store.delete(Kinds.pods(store), Meta.namespace(pod), Meta.name(pod), Deletion.usual());
      }
    }
  }

  private static String generation(ObjectNode set) {
    return set.path("metadata").path("generation").asText("1");
  }

  private static List<ObjectNode> active(KubeStore store, ObjectNode set) {
    return store.select(Kinds.pods(store), Meta.namespace(set), pod -> isActive(set, pod));
  }

  private static List<ObjectNode> activeOn(KubeStore store, ObjectNode set, String node) {
    return store.podsOn(
        node, pod -> Meta.namespace(pod).equals(Meta.namespace(set)) && isActive(set, pod));
  }

  private static boolean isActive(ObjectNode set, ObjectNode pod) {
    return Meta.owns(set, pod) && PodTemplates.isActive(pod);
  }

  @Override
  public void settle(KubeStore store) {
    uncounted.forEach(one -> find(store, one).ifPresent(set -> count(store, set)));
    uncounted.clear();
  }

  private static void count(KubeStore store, ObjectNode set) {
    ResourceType pods = Kinds.pods(store);
    int wanted = store.count(Kinds.nodes(store), "", node -> fits(set, node));
    int there = store.count(pods, Meta.namespace(set), pod -> isActive(set, pod));
    int ready =
        store.count(
            pods,
            Meta.namespace(set),
            pod -> isActive(set, pod) && Conditions.isTrue(pod, "Ready"));
    Kinds.change(
        store,
        Kinds.apps(store, "daemonsets"),
        set,
        present -> {
          Json.child(present, "status")
              .put("desiredNumberScheduled", wanted)
              .put("currentNumberScheduled", there)
              .put("updatedNumberScheduled", there)
              .put("numberReady", ready)
              .put("numberAvailable", ready)
              .put("numberUnavailable", wanted - ready)
              .put("numberMisscheduled", 0)
              .put("observedGeneration", present.path("metadata").path("generation").asLong(1));
          return present;
        });
  }
}
