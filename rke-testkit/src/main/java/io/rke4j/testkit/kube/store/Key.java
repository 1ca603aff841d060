package io.rke4j.testkit.kube.store;

import io.rke4j.testkit.kube.resource.ResourceType;

/** Where an object is kept: its collection, and its path in that. */
record Key(String collection, String path) {

  static Key of(ResourceType type, String namespace, String name) {
    return new Key(type.collection(), (type.namespaced() ? namespace : "") + "/" + name);
  }
}
