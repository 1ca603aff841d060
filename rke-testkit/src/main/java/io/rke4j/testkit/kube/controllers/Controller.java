package io.rke4j.testkit.kube.controllers;

import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;

/**
 * Brings one kind of thing in order after a change. It looks at what the store has now, not only at
 * the event, and does nothing if all is in order.
 */
interface Controller {

  /** Does what a change asks for. */
  void react(KubeStore store, StoreEvent event);

  /** Does what can wait until no further change is waiting. */
  default void settle(KubeStore store) {}
}
