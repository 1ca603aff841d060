package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The objects of a collection at one moment.
 *
 * @param revision the version of the store at that moment
 * @param items the objects, by namespace and name; copies
 */
public record Snapshot(long revision, List<ObjectNode> items) {

  /** Copies the list. */
  public Snapshot {
    items = List.copyOf(items);
  }
}
