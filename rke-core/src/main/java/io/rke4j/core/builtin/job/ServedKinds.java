package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The kinds of objects that the API server knows now. One that it does not know, because its
 * definition is gone or never was there, has no objects; kubectl would fail on it.
 */
final class ServedKinds {

  private final KubeClient client;
  private final Map<String, Set<String>> byVersion = new HashMap<>();

  ServedKinds(KubeClient client) {
    this.client = client;
  }

  boolean has(ManifestObject object) {
    return byVersion
        .computeIfAbsent(object.apiVersion(), this::kinds)
        .contains(object.identity().kind());
  }

  private Set<String> kinds(String apiVersion) {
    Optional<ObjectNode> found =
        client.find((apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion);
    return found.stream()
        .flatMap(list -> KubeJson.elements(list.path("resources")))
        .map(resource -> resource.path("kind").asText())
        .collect(Collectors.toSet());
  }
}
