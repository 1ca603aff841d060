package io.rke4j.testkit.kube.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Resources that a CustomResourceDefinition makes, of {@code v1} or {@code v1beta1}. */
public final class CustomTypes {

  private CustomTypes() {}

  /** One type for each version that is served, the stored version first. */
  public static List<ResourceType> of(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    Stream<JsonNode> versions = Json.elements(spec.path("versions"));
    if (spec.path("versions").isEmpty() && spec.hasNonNull("version")) {
      versions = Stream.of(Json.object().put("name", spec.path("version").asText()));
    }
    return versions
        .filter(version -> version.path("served").asBoolean(true))
        .sorted((one, other) -> Boolean.compare(isStored(other), isStored(one)))
        .map(version -> type(spec, version))
        .toList();
  }

  private static boolean isStored(JsonNode version) {
    return version.path("storage").asBoolean(true);
  }

  private static ResourceType type(JsonNode spec, JsonNode version) {
    String group = spec.path("group").asText();
    return new ResourceType(
        group,
        version.path("name").asText(),
        names(spec.path("names")),
        !spec.path("scope").asText().equals("Cluster"),
        subresources(spec, version),
        group,
        true);
  }

  private static ResourceNames names(JsonNode names) {
    String kind = names.path("kind").asText();
    return new ResourceNames(
        kind,
        names.path("plural").asText(),
        names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
        Json.texts(names.path("shortNames")),
        Json.texts(names.path("categories")));
  }

  private static Set<String> subresources(JsonNode spec, JsonNode version) {
    Set<String> found = new HashSet<>();
    for (JsonNode place : List.of(spec.path("subresources"), version.path("subresources"))) {
      Json.fields(place).forEach(field -> found.add(field.getKey()));
    }
    return found;
  }
}
