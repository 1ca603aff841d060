package io.rke4j.core.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.spi.addon.KubeApiException;
import java.util.Optional;

/** Reads and writes the status of records. Thread-safe. */
final class StatusPatches {

  private static final int GONE = 404;

  private final KubeClient client;
  private final AccountNames names;

  StatusPatches(KubeClient client, AccountNames names) {
    this.client = client;
    this.names = names;
  }

  String cluster() {
    return Definitions.CLUSTERS + "/" + names.cluster();
  }

  String node(String name) {
    return Definitions.nodes(names.namespace()) + "/" + name;
  }

  /** The status of a record; empty if there is no such record. */
  Optional<ObjectNode> read(String path) {
    return client
        .find(path)
        .map(
            record ->
                record.path("status") instanceof ObjectNode status ? status : KubeJson.object());
  }

  /** Replaces the status of a record; false if there is no such record. */
  boolean write(String path, ObjectNode status) {
    ObjectNode patch = KubeJson.object();
    patch.set("status", status);
    try {
      client.merge(path + "/status", patch);
      return true;
    } catch (KubeApiException e) {
      if (e.status() == GONE) {
        return false;
      }
      throw e;
    }
  }
}
