package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.document.EncryptedResource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the resources that an {@code EncryptionConfiguration} names, by asking the API server. */
final class StoredResources {

  private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";

  private final KubeClient client;

  StoredResources(KubeClient client) {
    this.client = client;
  }

  /** Those with such names whose objects can be listed and written; each once. */
  Collection<StoredResource> named(Set<String> names) {
    List<EncryptedResource> wanted = names.stream().map(EncryptedResource::of).toList();
    Map<String, StoredResource> found = new LinkedHashMap<>();
    for (String group : groups(wanted)) {
      for (String version : versions(group)) {
        writable(version)
            .filter(name -> wanted.stream().anyMatch(one -> one.covers(name, group)))
            .forEach(
                name -> found.putIfAbsent(name + "." + group, new StoredResource(version, name)));
      }
    }
    return found.values();
  }

  private Set<String> groups(List<EncryptedResource> wanted) {
    Set<String> groups = new TreeSet<>();
    wanted.forEach(one -> groups.add(one.group()));
    if (groups.remove(EncryptedResource.ANY)) {
      groups.add(EncryptedResource.CORE);
      KubeJson.elements(client.read("/apis").path("groups"))
          .forEach(group -> groups.add(group.path("name").asText()));
    }
    if (!groups.equals(Set.of(EncryptedResource.CORE))) {
      groups.removeAll(foreign());
    }
    return groups;
  }

  /** Groups that another server keeps behind this one, in a store of its own. */
  private Set<String> foreign() {
    return client.find(SERVICES).stream()
        .flatMap(list -> KubeJson.elements(list.path("items")))
        .filter(service -> service.at("/spec/service").isObject())
        .map(service -> service.at("/spec/group").asText())
        .collect(Collectors.toSet());
  }

  /** Paths of a group's versions, the one that the server prefers first. */
  private List<String> versions(String group) {
    if (group.equals(EncryptedResource.CORE)) {
      return List.of("/api/v1");
    }
    ObjectNode found = client.find("/apis/" + group).orElseGet(KubeJson::object);
    return Stream.concat(
            Stream.of(found.path("preferredVersion")), KubeJson.elements(found.path("versions")))
        .map(version -> version.path("groupVersion").asText(""))
        .filter(version -> !version.isEmpty())
        .distinct()
        .map(version -> "/apis/" + version)
        .toList();
  }

  /** Names with a slash are parts of others, for example their status. */
  private Stream<String> writable(String version) {
    return client.find(version).stream()
        .flatMap(list -> KubeJson.elements(list.path("resources")))
        .filter(resource -> !resource.path("name").asText().contains("/"))
        .filter(
            resource ->
                KubeJson.elements(resource.path("verbs"))
                    .map(JsonNode::asText)
                    .toList()
                    .containsAll(List.of("list", "update")))
        .map(resource -> resource.path("name").asText());
  }
}
