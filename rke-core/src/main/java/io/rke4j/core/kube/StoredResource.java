package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A kind of objects that an API server keeps.
 *
 * @param version the path of its group and version, for example {@code /apis/apps/v1}
 * @param name its name in paths, for example {@code deployments}
 */
record StoredResource(String version, String name) {

  /** Where all its objects are listed. */
  String collection() {
    return version + "/" + name;
  }

  /** Where an object is. */
  String path(JsonNode object) {
    String namespace = object.at("/metadata/namespace").asText("");
    return version
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + name
        + "/"
        + encoded(object.at("/metadata/name").asText());
  }

  /** Roles may have names with spaces and question marks. */
  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
