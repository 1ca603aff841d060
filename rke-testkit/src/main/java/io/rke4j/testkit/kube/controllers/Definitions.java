package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.CustomTypes;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import io.rke4j.testkit.kube.store.StoreEvent.Change;
import java.util.Map;

/** Establishes CustomResourceDefinitions and APIServices; objects go with their definition. */
final class Definitions implements Controller {

  @Override
  public void react(KubeStore store, StoreEvent event) {
    switch (event.collection()) {
      case "customresourcedefinitions.apiextensions.k8s.io" -> {
        if (event.change() == Change.DELETED) {
          forget(store, event.object());
        } else {
          establish(store, event.object());
        }
      }
      case "apiservices.apiregistration.k8s.io" -> available(store, event);
      default -> {}
    }
  }

  private static void establish(KubeStore store, ObjectNode definition) {
    Kinds.change(
        store,
        store.types().get("apiextensions.k8s.io", "customresourcedefinitions"),
        definition,
        present -> {
          condition(store, present, "NamesAccepted", "NoConflicts", "no conflicts found");
          condition(
              store,
              present,
              "Established",
              "InitialNamesAccepted",
              "the initial names have been accepted");
          ObjectNode status = Json.child(present, "status");
          status.set("acceptedNames", present.path("spec").path("names").deepCopy());
          status.set(
              "storedVersions",
              Json.tree(
                  CustomTypes.of(present).stream().map(ResourceType::version).limit(1).toList()));
          return present;
        });
  }

  private static void condition(
      KubeStore store, ObjectNode object, String type, String reason, String message) {
    ObjectNode condition =
        (ObjectNode)
            Json.tree(Map.of("type", type, "status", "True", "reason", reason, "message", message));
    Conditions.set(object, condition, store.now());
  }

  /** The types are not served any more, but their objects would come back with the definition. */
  private static void forget(KubeStore store, ObjectNode definition) {
    CustomTypes.of(definition).stream()
        .limit(1)
        .forEach(
            type ->
                store
                    .list(type, "")
                    .items()
                    .forEach(
                        object ->
                            store.delete(
                                type, Meta.namespace(object), Meta.name(object), Deletion.now())));
  }

  private static void available(KubeStore store, StoreEvent event) {
    if (event.change() == Change.DELETED) {
      return;
    }
    Kinds.change(
        store,
        store.types().get("apiregistration.k8s.io", "apiservices"),
        event.object(),
        present -> {
          condition(store, present, "Available", "Passed", "all checks passed");
          return present;
        });
  }
}
