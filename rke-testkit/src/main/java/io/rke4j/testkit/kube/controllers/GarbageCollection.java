package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import io.rke4j.testkit.kube.store.StoreEvent.Change;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Deletes what belonged to an object, before or after it, or sets it free. */
final class GarbageCollection implements Controller {

  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";

  /** An object with its type. */
  private record Found(ResourceType type, ObjectNode object) {}

  @Override
  public void react(KubeStore store, StoreEvent event) {
    if (event.collection().equals("events")) {
      return;
    }
    if (event.change() == Change.DELETED) {
      owned(store, event.object()).forEach(one -> delete(store, one, Deletion.BACKGROUND));
      Meta.owners(event.object()).forEach(owner -> wake(store, event.object(), owner));
    } else if (Meta.isBeingDeleted(event.object())) {
      type(store, event.collection()).ifPresent(type -> finish(store, type, event.object()));
    }
  }

  private static Optional<ResourceType> type(KubeStore store, String collection) {
    return store.distinctTypes().filter(type -> type.collection().equals(collection)).findFirst();
  }

  private static List<Found> owned(KubeStore store, ObjectNode owner) {
    return store
        .distinctTypes()
        .flatMap(
            type ->
                store.select(type, "", object -> Meta.owns(owner, object)).stream()
                    .map(object -> new Found(type, object)))
        .toList();
  }

  private static void finish(KubeStore store, ResourceType type, ObjectNode seen) {
    Optional<ObjectNode> present = store.find(type, Meta.namespace(seen), Meta.name(seen));
    if (present.filter(one -> Meta.uid(one).equals(Meta.uid(seen))).isEmpty()) {
      return;
    }
    List<Found> owned = owned(store, seen);
    if (Meta.hasFinalizer(present.get(), ORPHAN)) {
      owned.forEach(one -> setFree(store, one, Meta.uid(seen)));
      release(store, type, seen, ORPHAN);
    } else if (Meta.hasFinalizer(present.get(), FOREGROUND)) {
      owned.stream()
          .filter(one -> !Meta.isBeingDeleted(one.object()))
          .forEach(one -> delete(store, one, Deletion.FOREGROUND));
      if (owned(store, seen).isEmpty()) {
        release(store, type, seen, FOREGROUND);
      }
    }
  }

  private static void delete(KubeStore store, Found one, String propagation) {
    Predicate<ObjectNode> isSame = found -> Meta.uid(found).equals(Meta.uid(one.object()));
    String namespace = Meta.namespace(one.object());
    String name = Meta.name(one.object());
    if (store.find(one.type(), namespace, name).filter(isSame).isPresent()) {
      store.delete(
          one.type(), namespace, name, new Deletion(propagation, Optional.empty(), "", ""));
    }
  }

  private static void setFree(KubeStore store, Found one, String owner) {
    Kinds.change(
        store,
        one.type(),
        one.object(),
        present -> {
          ArrayNode left = Json.array();
          Meta.owners(present)
              .filter(reference -> !reference.path("uid").asText().equals(owner))
              .forEach(left::add);
          Meta.of(present).set("ownerReferences", left);
          return present;
        });
  }

  private static void release(
      KubeStore store, ResourceType type, ObjectNode object, String finalizer) {
    Kinds.change(
        store,
        type,
        object,
        present -> {
          Meta.removeFinalizer(present, finalizer);
          return present;
        });
  }

  /** An owner may have waited for this one to be gone. */
  private static void wake(KubeStore store, ObjectNode gone, JsonNode reference) {
    store
        .types()
        .ofKind(reference.path("apiVersion").asText(), reference.path("kind").asText())
        .ifPresent(
            type -> {
              String namespace = type.namespaced() ? Meta.namespace(gone) : "";
              store
                  .find(type, namespace, reference.path("name").asText())
                  .filter(Meta::isBeingDeleted)
                  .ifPresent(owner -> finish(store, type, owner));
            });
  }
}
