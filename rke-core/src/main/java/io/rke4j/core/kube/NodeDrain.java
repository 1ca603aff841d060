package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Drain;
import io.rke4j.spi.Observation;
import io.rke4j.spi.addon.KubeApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has the pods of a node leave. Which of them go, and which hold the node back, follows {@code
 * kubectl drain} (kubectl's {@code pkg/drain/filters.go}), which RKE uses. Pods are evicted, so
 * that disruption budgets are kept. For one thread.
 */
public final class NodeDrain {

  /** The first version whose evictions have the final form; 1.25 knows no other. */
  private static final int FINAL_EVICTIONS = 22;

  private final KubeClient client;
  private final String node;
  private final Drain.On settings;
  private final Map<String, JsonNode> leaving = new LinkedHashMap<>();
  private final Set<String> evicted = new HashSet<>();
  private final Map<String, String> refusals = new LinkedHashMap<>();
  private final List<String> obstacles = new ArrayList<>();
  private final String evictions;

  /** Looks which pods there are. */
  NodeDrain(KubeClient client, String node, Drain.On settings) {
    this.client = client;
    this.node = node;
    this.settings = settings;
    boolean isOld = ServerVersion.read(client).isBefore(FINAL_EVICTIONS);
    this.evictions = isOld ? "policy/v1beta1" : "policy/v1";
    pods().forEach(this::sort);
  }

  private List<JsonNode> pods() {
    return client.list("/api/v1/pods?fieldSelector=spec.nodeName%3D" + node);
  }

  private void sort(JsonNode pod) {
    if (!pod.at("/metadata/annotations/kubernetes.io~1config.mirror").isMissingNode()) {
      return;
    }
    String phase = pod.at("/status/phase").asText();
    boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
    String controller = controller(pod);
    if (controller.equals("DaemonSet") && !ended) {
      if (!settings.ignoreDaemonSets()) {
        obstacles.add(name(pod) + " is of a DaemonSet, which would bring it back");
      }
      return;
    }
    if (controller.isEmpty() && !ended && !settings.force()) {
      obstacles.add(name(pod) + " has no controller that would bring it back");
    } else if (hasLocalData(pod) && !ended && !settings.deleteLocalData()) {
      obstacles.add(name(pod) + " keeps data in an emptyDir, which would be lost");
    } else {
      leaving.put(uid(pod), pod);
    }
  }

  private static String controller(JsonNode pod) {
    return KubeJson.elements(pod.at("/metadata/ownerReferences"))
        .filter(owner -> owner.path("controller").asBoolean(false))
        .map(owner -> owner.path("kind").asText())
        .findFirst()
        .orElse("");
  }

  private static boolean hasLocalData(JsonNode pod) {
    return KubeJson.elements(pod.at("/spec/volumes")).anyMatch(volume -> volume.has("emptyDir"));
  }

  private static String name(JsonNode pod) {
    return pod.at("/metadata/namespace").asText() + "/" + pod.at("/metadata/name").asText();
  }

  private static String uid(JsonNode pod) {
    return pod.at("/metadata/uid").asText();
  }

  /** The pods that hold the node back, and why; nothing may be evicted then. */
  public List<String> obstacles() {
    return List.copyOf(obstacles);
  }

  /**
   * Evicts what has not been, and says which pods are still there. A pod whose disruption budget
   * does not allow it is asked again next time.
   */
  public Observation advance() {
    Set<String> there = pods().stream().map(NodeDrain::uid).collect(Collectors.toSet());
    leaving.keySet().retainAll(there);
    for (Map.Entry<String, JsonNode> pod : leaving.entrySet()) {
      if (!evicted.contains(pod.getKey())) {
        evict(pod.getKey(), pod.getValue());
      }
    }
    return leaving.isEmpty() ? Observation.done() : Observation.notYet(words());
  }

  private String words() {
    return leaving.entrySet().stream()
        .map(
            pod ->
                refusals.containsKey(pod.getKey())
                    ? name(pod.getValue()) + " may not go: " + refusals.get(pod.getKey())
                    : name(pod.getValue()) + " has not ended")
        .collect(Collectors.joining("; "));
  }

  private void evict(String uid, JsonNode pod) {
    String namespace = pod.at("/metadata/namespace").asText();
    String name = pod.at("/metadata/name").asText();
    ObjectNode eviction = KubeJson.object(evictions, "Eviction", namespace, name);
    ObjectNode options = eviction.putObject("deleteOptions");
    if (settings.gracePeriod() >= 0) {
      options.put("gracePeriodSeconds", settings.gracePeriod());
    }
    // A StatefulSet may have brought back another one of the same name.
    options.putObject("preconditions").put("uid", uid);
    try {
      client.create("/api/v1/namespaces/" + namespace + "/pods/" + name + "/eviction", eviction);
      evicted.add(uid);
      refusals.remove(uid);
    } catch (KubeApiException e) {
      if (e.status() == 404 || e.status() == 409) {
        evicted.add(uid);
      } else if (e.status() == 429) {
        refusals.put(uid, String.valueOf(e.getMessage()));
      } else {
        throw e;
      }
    }
  }
}
