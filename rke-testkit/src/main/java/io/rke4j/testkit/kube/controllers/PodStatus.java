package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.controllers.PodBehaviour.Outcome;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import java.util.List;
import java.util.Map;

/** What a kubelet writes about a pod. */
final class PodStatus {

  private PodStatus() {}

  static ObjectNode of(ObjectNode pod, ObjectNode node, List<Outcome> outcomes, String now) {
    ObjectNode status = Json.child(pod, "status");
    String address = NodeObject.address(node);
    status.put("phase", phase(pod, outcomes)).put("hostIP", address);
    boolean isHosts = pod.path("spec").path("hostNetwork").asBoolean();
    String podAddress = isHosts ? address : ofPods(pod);
    status.put("podIP", podAddress);
    status.putArray("podIPs").addObject().put("ip", podAddress);
    Json.putIfAbsent(status, "startTime", now);
    boolean isReady = outcomes.stream().allMatch(Outcome.Running.class::isInstance);
    condition(pod, "Initialized", true, now);
    condition(pod, "Ready", isReady, now);
    condition(pod, "ContainersReady", isReady, now);
    condition(pod, "PodScheduled", true, now);
    ArrayNode containers = status.putArray("containerStatuses");
    int index = 0;
    for (JsonNode container : pod.path("spec").path("containers")) {
      containers.add(container(pod, container, outcomes.get(index++), now));
    }
    return pod;
  }

  private static String phase(ObjectNode pod, List<Outcome> outcomes) {
    if (outcomes.stream().anyMatch(Outcome.Waiting.class::isInstance)) {
      return "Pending";
    }
    boolean isOver = outcomes.stream().allMatch(Outcome.Exited.class::isInstance);
    boolean isWell =
        outcomes.stream().noneMatch(one -> one instanceof Outcome.Exited e && e.code() != 0);
    String policy = pod.path("spec").path("restartPolicy").asText();
    if (!isOver || policy.equals("Always")) {
      return "Running";
    }
    return isWell ? "Succeeded" : policy.equals("Never") ? "Failed" : "Running";
  }

  private static String ofPods(ObjectNode pod) {
    int number = Meta.uid(pod).hashCode() & 0xffff;
    return "10.42." + (number >> 8) + "." + (number & 0xff);
  }

  private static void condition(ObjectNode pod, String type, boolean isTrue, String now) {
    Map<String, String> said = Map.of("type", type, "status", isTrue ? "True" : "False");
    Conditions.set(pod, (ObjectNode) Json.tree(said), now);
  }

  private static ObjectNode container(
      ObjectNode pod, JsonNode container, Outcome outcome, String now) {
    String image = container.path("image").asText();
    boolean runs = outcome instanceof Outcome.Running;
    ObjectNode status =
        Json.object()
            .put("name", container.path("name").asText())
            .put("image", image)
            .put("imageID", "docker-pullable://" + image)
            .put("containerID", "docker://" + Meta.uid(pod).replace("-", ""))
            .put("ready", runs)
            .put("started", runs)
            .put("restartCount", 0);
    ObjectNode state = status.putObject("state");
    if (outcome instanceof Outcome.Waiting waiting) {
      state.putObject("waiting").put("reason", waiting.reason()).put("message", waiting.message());
    } else if (outcome instanceof Outcome.Exited exited) {
      exited(status, state, pod, exited, now);
    } else {
      state.putObject("running").put("startedAt", now);
    }
    return status;
  }

  private static void exited(
      ObjectNode status, ObjectNode state, ObjectNode pod, Outcome.Exited exited, String now) {
    String policy = pod.path("spec").path("restartPolicy").asText();
    ObjectNode terminated =
        Json.object()
            .put("exitCode", exited.code())
            .put("reason", exited.code() == 0 ? "Completed" : "Error")
            .put("startedAt", now)
            .put("finishedAt", now);
    boolean isTriedAgain =
        policy.equals("Always") || (policy.equals("OnFailure") && exited.code() != 0);
    if (isTriedAgain) {
      // Kubelets wait longer and longer; as nothing changes meanwhile, this is where it stays.
      status.put("restartCount", 1).putObject("lastState").set("terminated", terminated);
      state
          .putObject("waiting")
          .put("reason", "CrashLoopBackOff")
          .put("message", "back-off 10s restarting failed container");
    } else {
      state.set("terminated", terminated);
    }
  }
}
