package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.List;
import java.util.function.UnaryOperator;

/** The resources that controllers work with, and what they do most with them. */
final class Kinds {

  private Kinds() {}

  static ResourceType pods(KubeStore store) {
    return store.types().get("", "pods");
  }

  static ResourceType nodes(KubeStore store) {
    return store.types().get("", "nodes");
  }

  static ResourceType jobs(KubeStore store) {
    return store.types().get("batch", "jobs");
  }

  static ResourceType apps(KubeStore store, String plural) {
    return store.types().get("apps", plural);
  }

  /** The objects of a collection that have an owner. */
  static List<ObjectNode> ownedBy(KubeStore store, ResourceType type, ObjectNode owner) {
    return store.select(type, Meta.namespace(owner), object -> Meta.owns(owner, object));
  }

  /** Changes whatever there is to change of an object, if it is still there. */
  static void change(
      KubeStore store, ResourceType type, ObjectNode object, UnaryOperator<ObjectNode> change) {
    store.updateIfPresent(type, Meta.namespace(object), Meta.name(object), change);
  }
}
