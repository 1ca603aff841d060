package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import java.util.Map;

/** A node as its kubelet describes it. */
final class NodeObject {

  private NodeObject() {}

  static String address(JsonNode node) {
    return Json.elements(node.path("status").path("addresses"))
        .filter(one -> one.path("type").asText().equals("InternalIP"))
        .findFirst()
        .map(one -> one.path("address").asText())
        .orElse("");
  }

  static void labels(ObjectNode node, NodeRegistration registration) {
    ObjectNode labels = Json.child(Meta.of(node), "labels");
    labels
        .put("kubernetes.io/hostname", registration.name())
        .put("kubernetes.io/os", "linux")
        .put("kubernetes.io/arch", "amd64")
        .put("beta.kubernetes.io/os", "linux")
        .put("beta.kubernetes.io/arch", "amd64");
    registration.labels().forEach(labels::put);
  }

  /** What a kubelet, and the controller of nodes, note. */
  static void annotations(ObjectNode node) {
    Json.child(Meta.of(node), "annotations")
        .put("node.alpha.kubernetes.io/ttl", "0")
        .put("volumes.kubernetes.io/controller-managed-attach-detach", "true");
  }

  static void taints(ObjectNode node, NodeRegistration registration) {
    for (String taint : registration.taints()) {
      int colon = taint.lastIndexOf(':');
      String[] pair = taint.substring(0, colon).split("=", 2);
      ObjectNode json = Json.list(Json.child(node, "spec"), "taints").addObject();
      json.put("key", pair[0]);
      if (pair.length > 1) {
        json.put("value", pair[1]);
      }
      json.put("effect", taint.substring(colon + 1));
    }
  }

  static void ready(ObjectNode node, NodeRegistration registration, String now) {
    ObjectNode status = Json.child(node, "status");
    status.set("capacity", resources());
    status.set("allocatable", resources());
    status
        .putArray("addresses")
        .add(Json.tree(Map.of("type", "InternalIP", "address", registration.address())))
        .add(Json.tree(Map.of("type", "Hostname", "address", registration.name())));
    status
        .putObject("nodeInfo")
        .put("machineID", Meta.uid(node))
        .put("systemUUID", Meta.uid(node))
        .put("bootID", Meta.uid(node))
        .put("kernelVersion", "5.10.0-simulated")
        .put("osImage", "Simulated Linux")
        .put("containerRuntimeVersion", registration.runtime())
        .put("kubeletVersion", registration.kubeletVersion())
        .put("kubeProxyVersion", registration.kubeletVersion())
        .put("operatingSystem", "linux")
        .put("architecture", "amd64");
    status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", 10_250);
    for (String pressure : new String[] {"Memory", "Disk", "PID"}) {
      condition(node, pressure + "Pressure", "False", "KubeletHasNo" + pressure + "Pressure", now);
    }
    condition(node, "Ready", "True", "KubeletReady", now);
  }

  private static JsonNode resources() {
    return Json.tree(
        Map.of("cpu", "4", "memory", "8Gi", "pods", "110", "ephemeral-storage", "100Gi"));
  }

  static void condition(ObjectNode node, String type, String value, String reason, String now) {
    String message =
        value.equals("Unknown")
            ? "Kubelet stopped posting node status."
            : type.equals("Ready") ? "kubelet is posting ready status" : "kubelet says so";
    ObjectNode condition =
        Json.object()
            .put("type", type)
            .put("status", value)
            .put("lastHeartbeatTime", now)
            .put("reason", reason)
            .put("message", message);
    Conditions.set(node, condition, now);
  }
}
