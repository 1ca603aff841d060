package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.Map;

/** Writes down what happened to an object, for those who describe it. */
final class Events {

  private static final Map<String, String> WRITERS =
      Map.of(
          "Job", "job-controller",
          "Deployment", "deployment-controller",
          "ReplicaSet", "replicaset-controller",
          "DaemonSet", "daemonset-controller",
          "Node", "node-controller");

  private Events() {}

  static void record(
      KubeStore store, ObjectNode about, String type, String reason, String message) {
    String space = Meta.namespace(about).isEmpty() ? "default" : Meta.namespace(about);
    ObjectNode event = Json.object();
    Meta.of(event).put("generateName", Meta.name(about) + ".");
    event
        .putObject("involvedObject")
        .put("kind", about.path("kind").asText())
        .put("apiVersion", about.path("apiVersion").asText())
        .put("name", Meta.name(about))
        .put("namespace", Meta.namespace(about))
        .put("uid", Meta.uid(about));
    String now = store.now();
    event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
    event.put("firstTimestamp", now).put("lastTimestamp", now);
    event
        .putObject("source")
        .put("component", WRITERS.getOrDefault(about.path("kind").asText(), "kubelet"));
    try {
      store.create(store.types().get("", "events"), space, event);
    } catch (KubeFailure e) {
      // In a namespace that is going away nothing is written down any more.
      if (e.code() != 403 && e.code() != 404) {
        throw e;
      }
    }
  }
}
