package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The obvious mistakes that an API server refuses. */
final class Validation {

  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

  private static final int MOST_BYTES_OF_A_SECRET = 1 << 20;

  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "pods", List.of("/spec/containers"),
          "jobs.batch", List.of("/spec/template/spec/containers"),
          "deployments.apps", List.of("/spec/selector", "/spec/template/spec/containers"),
          "daemonsets.apps", List.of("/spec/selector", "/spec/template/spec/containers"),
          "clusterrolebindings.rbac.authorization.k8s.io", List.of("/roleRef/name"),
          "rolebindings.rbac.authorization.k8s.io", List.of("/roleRef/name"),
          "customresourcedefinitions.apiextensions.k8s.io",
              List.of("/spec/group", "/spec/names/kind", "/spec/names/plural"));

  private static final Map<String, List<String>> IMMUTABLE =
      Map.of(
          "jobs.batch", List.of("/spec/template", "/spec/selector", "/spec/completions"),
          "deployments.apps", List.of("/spec/selector"),
          "daemonsets.apps", List.of("/spec/selector"),
          "secrets", List.of("/type"),
          "clusterrolebindings.rbac.authorization.k8s.io", List.of("/roleRef"),
          "rolebindings.rbac.authorization.k8s.io", List.of("/roleRef"));

  private Validation() {}

  static void ofNew(ResourceType type, ObjectNode object) {
    checkName(type, object);
    checkLabels(type, object);
    checkSize(type, object);
    for (String path : REQUIRED.getOrDefault(type.collection(), List.of())) {
      if (isEmpty(object.at(path))) {
        throw invalid(type, object, path, "Required value");
      }
    }
  }

  static void ofChange(ResourceType type, ObjectNode before, ObjectNode after) {
    checkLabels(type, after);
    checkSize(type, after);
    for (String path : IMMUTABLE.getOrDefault(type.collection(), List.of())) {
      if (!before.at(path).equals(after.at(path))) {
        String why = path.equals("/roleRef") ? "cannot change roleRef" : "field is immutable";
        throw invalid(type, after, path, "Invalid value: " + after.at(path) + ": " + why);
      }
    }
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.asText().isEmpty());
  }

  private static void checkName(ResourceType type, ObjectNode object) {
    String name = Meta.name(object);
    // Names of roles and their bindings are only parts of a path: "system:node".
    boolean isFree = type.group().equals("rbac.authorization.k8s.io");
    boolean isGood =
        isFree
            ? !name.matches("\\.\\.?|.*[/%].*")
            : name.length() <= 253 && SUBDOMAIN.matcher(name).matches();
    if (!isGood) {
      throw invalid(
          type,
          object,
          "/metadata/name",
          "Invalid value: \""
              + name
              + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
              + " characters, '-' or '.', and must start and end with an alphanumeric character");
    }
  }

  private static void checkLabels(ResourceType type, ObjectNode object) {
    Json.fields(object.at("/metadata/labels"))
        .forEach(
            label -> {
              String value = label.getValue().asText();
              if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
                throw invalid(
                    type,
                    object,
                    "/metadata/labels",
                    "Invalid value: \""
                        + value
                        + "\": a valid label must be an empty string or"
                        + " consist of alphanumeric characters, '-', '_' or '.', and must start and"
                        + " end with an alphanumeric character");
              }
            });
  }

  /** Values are in Base64, six bits a character. */
  private static void checkSize(ResourceType type, ObjectNode object) {
    if (type.collection().equals("secrets")) {
      int size = 0;
      for (JsonNode value : object.path("data")) {
        size += value.asText().replace("=", "").length() * 6 / 8;
      }
      if (size > MOST_BYTES_OF_A_SECRET) {
        throw invalid(
            type,
            object,
            "/data",
            "Too long: must have at most " + MOST_BYTES_OF_A_SECRET + " bytes");
      }
    }
  }

  private static KubeFailure invalid(
      ResourceType type, ObjectNode object, String path, String why) {
    return KubeFailure.invalid(
        type.group(), type.kind(), Meta.name(object), path.substring(1).replace('/', '.'), why);
  }
}
