package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.core.kube.KubeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * One object of a manifest.
 *
 * @param identity which object it is
 * @param content all that the manifest says of it
 */
record ManifestObject(Identity identity, JsonNode content) {

  // In a pod, kubectl puts what names no namespace into the pod's own, not into "default".
  private static final String IN_THE_POD = "kube-system";

  // Manifests in the wild give some of these a namespace, which Kubernetes ignores.
  private static final Set<String> WITHOUT_NAMESPACE =
      Set.of(
          "APIService",
          "CSIDriver",
          "ClusterRole",
          "ClusterRoleBinding",
          "CustomResourceDefinition",
          "IngressClass",
          "MutatingWebhookConfiguration",
          "Namespace",
          "Node",
          "PersistentVolume",
          "PodSecurityPolicy",
          "PriorityClass",
          "RuntimeClass",
          "StorageClass",
          "ValidatingWebhookConfiguration");

  /**
   * What tells an object from all others. Without the API group, since one and the same object may
   * be reached in two of them, as an Ingress is: whoever moves it must not delete it.
   */
  record Identity(String kind, String namespace, String name) {}

  /**
   * The objects of a manifest, in order; those in lists, too.
   *
   * @throws IllegalArgumentException if it is not YAML; the message says where
   */
  static List<ManifestObject> of(String manifest) {
    List<ManifestObject> objects = new ArrayList<>();
    try {
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(manifest)) {
        if (document instanceof Map<?, ?> map) {
          collect(KubeJson.tree(map), objects);
        }
      }
    } catch (YAMLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return objects;
  }

  private static void collect(JsonNode document, List<ManifestObject> objects) {
    if (document.path("kind").asText().endsWith("List") && document.path("items").isArray()) {
      document.path("items").forEach(item -> collect(item, objects));
    } else if (document.has("kind")) {
      objects.add(new ManifestObject(identify(document), document));
    }
  }

  private static Identity identify(JsonNode document) {
    String kind = document.path("kind").asText();
    JsonNode metadata = document.path("metadata");
    String namespace =
        WITHOUT_NAMESPACE.contains(kind) ? "" : metadata.path("namespace").asText(IN_THE_POD);
    return new Identity(kind, namespace, metadata.path("name").asText());
  }

  boolean isJob() {
    return identity.kind().equals("Job");
  }

  String apiVersion() {
    return content.path("apiVersion").asText();
  }

  /** A manifest that says of objects no more than is needed to delete them. */
  static String references(List<ManifestObject> objects) {
    return objects.stream().map(ManifestObject::reference).collect(Collectors.joining());
  }

  private String reference() {
    // JSON is YAML; but to kubectl, a file that does not start like YAML is JSON throughout.
    return "---\n"
        + KubeJson.object(apiVersion(), identity.kind(), identity.namespace(), identity.name())
        + "\n";
  }
}
