package io.rke4j.testkit.kube.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** On which node a pod is. */
public final class Pods {

  private static final String NODE = "nodeName";

  private Pods() {}

  /** The name of the pod's node; empty if it has none yet. */
  public static String node(JsonNode pod) {
    return pod.path("spec").path(NODE).asText("");
  }

  /** Whether the pod has a node. */
  public static boolean isPlaced(JsonNode pod) {
    return pod.path("spec").hasNonNull(NODE);
  }

  /** Gives the pod to a node. */
  public static void place(ObjectNode pod, String node) {
    Json.child(pod, "spec").put(NODE, node);
  }
}
