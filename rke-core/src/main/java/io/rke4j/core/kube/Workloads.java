package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.spi.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What of some manifests becomes ready: Deployments, DaemonSets, StatefulSets, and definitions of
 * resources. Read-only.
 */
public final class Workloads {

  private static final Map<String, String> PLURALS =
      Map.of(
          "Deployment", "deployments",
          "DaemonSet", "daemonsets",
          "StatefulSet", "statefulsets");

  private final KubeClient client;
  private final List<Workload> workloads = new ArrayList<>();

  /** Those in these manifests, in order. */
  public Workloads(KubeClient client, List<String> manifests) {
    this.client = client;
    for (String manifest : manifests) {
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(manifest)) {
        if (document instanceof Map<?, ?> map) {
          add(KubeJson.tree(map));
        }
      }
    }
  }

  /** One of them, and where it is. */
  record Workload(String kind, String namespace, String name, String path) {

    String words() {
      return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
  }

  private void add(JsonNode object) {
    String kind = object.path("kind").asText();
    String name = object.at("/metadata/name").asText();
    if (kind.equals("CustomResourceDefinition")) {
      String path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name;
      workloads.add(new Workload(kind, "", name, path));
    } else if (PLURALS.containsKey(kind)) {
      // In a pod, kubectl puts what names no namespace into the pod's own.
      String namespace = object.at("/metadata/namespace").asText("kube-system");
      String place = namespace.isEmpty() ? "kube-system" : namespace;
      workloads.add(
          new Workload(
              kind,
              place,
              name,
              "/apis/apps/v1/namespaces/" + place + "/" + PLURALS.get(kind) + "/" + name));
    }
  }

  /** Whether all are ready; if not, which first is not, and why. */
  public Observation ready() {
    for (Workload workload : workloads) {
      Optional<String> missing = missing(workload);
      if (missing.isPresent()) {
        return Observation.notYet(workload.words() + " " + missing.get());
      }
    }
    return Observation.done();
  }

  /** What the cluster says about those that are not ready. */
  public List<String> evidence() {
    List<String> evidence = new ArrayList<>();
    for (Workload workload : workloads) {
      missing(workload)
          .ifPresent(
              why -> {
                evidence.add(workload.words() + " " + why);
                evidence.addAll(new WorkloadEvidence(client).of(workload));
              });
    }
    return evidence;
  }

  private Optional<String> missing(Workload workload) {
    Optional<ObjectNode> seen = client.find(workload.path());
    if (seen.isEmpty()) {
      return Optional.of("is not there");
    }
    JsonNode object = seen.get();
    return switch (workload.kind()) {
      case "CustomResourceDefinition" -> established(object);
      case "DaemonSet" ->
          counted(
              object,
              "updatedNumberScheduled",
              "numberAvailable",
              object.at("/status/desiredNumberScheduled").asInt());
      case "StatefulSet" -> counted(object, "updatedReplicas", "readyReplicas", wanted(object));
      default -> counted(object, "updatedReplicas", "availableReplicas", wanted(object));
    };
  }

  private static int wanted(JsonNode object) {
    return object.at("/spec/replicas").asInt(1);
  }

  private static Optional<String> established(JsonNode definition) {
    boolean isEstablished =
        KubeJson.elements(definition.at("/status/conditions"))
            .anyMatch(
                one ->
                    one.path("type").asText().equals("Established")
                        && one.path("status").asText().equals("True"));
    return isEstablished ? Optional.empty() : Optional.of("is not established");
  }

  private static Optional<String> counted(
      JsonNode object, String updated, String ready, int wanted) {
    JsonNode status = object.path("status");
    if (status.path("observedGeneration").asLong(0) < object.at("/metadata/generation").asLong(1)) {
      return Optional.of("has not been taken up by kube-controller-manager");
    }
    int isUpdated = status.path(updated).asInt(0);
    int isReady = status.path(ready).asInt(0);
    return isUpdated >= wanted && isReady >= wanted
        ? Optional.empty()
        : Optional.of(
            "has %d of %d pods ready, %d of this version".formatted(isReady, wanted, isUpdated));
  }
}
