package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.util.List;
import java.util.Optional;

/** Empties a namespace that is to go, and lets it go when nothing is left in it. */
final class NamespaceRemoval implements Controller {

  @Override
  public void react(KubeStore store, StoreEvent event) {
    String name =
        event.collection().equals("namespaces")
            ? Meta.name(event.object())
            : event.change() == StoreEvent.Change.DELETED ? Meta.namespace(event.object()) : "";
    ResourceType namespaces = store.types().get("", "namespaces");
    Optional<ObjectNode> namespace =
        name.isEmpty() ? Optional.empty() : store.find(namespaces, "", name);
    if (namespace.filter(Meta::isBeingDeleted).isEmpty()) {
      return;
    }
    if (isEmptied(store, name) && !namespace.get().path("spec").path("finalizers").isEmpty()) {
      Kinds.change(
          store,
          namespaces,
          namespace.get(),
          present -> {
            Json.child(present, "spec").putArray("finalizers");
            return present;
          });
    }
  }

  private static boolean isEmptied(KubeStore store, String namespace) {
    List<ResourceType> types = store.distinctTypes().filter(ResourceType::namespaced).toList();
    for (ResourceType type : types) {
      for (ObjectNode object : store.list(type, namespace).items()) {
        if (!Meta.isBeingDeleted(object)) {
          store.delete(type, namespace, Meta.name(object), Deletion.now());
        }
      }
    }
    return types.stream().allMatch(type -> store.list(type, namespace).items().isEmpty());
  }
}
