package io.rke4j.core.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.WantedObjects.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The definitions of our records, with the columns that {@code kubectl get} shows. */
final class Definitions {

  static final String GROUP = "provisioning.rke4j.io";
  static final String VERSION = "v1";
  static final String API_VERSION = GROUP + "/" + VERSION;
  static final String CLUSTERS = "/apis/" + API_VERSION + "/rkeclusters";

  private static final String COLLECTION =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private Definitions() {}

  static List<Wanted> objects() {
    return List.of(clusters(), nodes());
  }

  /** Where the records of nodes in a namespace are. */
  static String nodes(String namespace) {
    return "/apis/" + API_VERSION + "/namespaces/" + namespace + "/rkenodes";
  }

  private static Wanted clusters() {
    List<Map<String, String>> columns =
        List.of(
            column("State", ".status.state"),
            column("Version", ".spec.kubernetesVersion"),
            condition("Provisioned"),
            condition("Updated"),
            condition("Waiting"),
            condition("Ready"),
            column("Message", ".status.message"));
    return definition(
        "RkeCluster",
        "Cluster",
        columns,
        Map.of(
            "kubernetesVersion", TEXT,
            "endpoint", TEXT,
            "networkPlugin", TEXT,
            "owner", TEXT,
            "nodes", Map.of("type", "array", "items", TEXT)));
  }

  private static Wanted nodes() {
    List<Map<String, String>> columns =
        List.of(
            column("State", ".status.state"),
            column("Roles", ".spec.roles"),
            column("Address", ".spec.address"),
            condition("Provisioned"),
            condition("Registered"),
            condition("Ready"),
            column("Message", ".status.message"));
    return definition(
        "RkeNode",
        "Namespaced",
        columns,
        Map.of(
            "cluster",
            TEXT,
            "address",
            TEXT,
            "internalAddress",
            TEXT,
            "roles",
            Map.of("type", "array", "items", TEXT),
            "labels",
            Map.of("type", "object", "additionalProperties", TEXT),
            "taints",
            Map.of("type", "array", "items", TEXT)));
  }

  private static final Map<String, Object> TEXT = Map.of("type", "string");

  private static Wanted definition(
      String kind, String scope, List<Map<String, String>> columns, Map<String, Object> fields) {
    String singular = kind.toLowerCase(java.util.Locale.ROOT);
    String plural = singular + "s";
    ObjectNode definition =
        KubeJson.object(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "", plural + "." + GROUP);
    ObjectNode spec = definition.putObject("spec").put("group", GROUP).put("scope", scope);
    spec.putObject("names")
        .put("kind", kind)
        .put("listKind", kind + "List")
        .put("plural", plural)
        .put("singular", singular);
    ObjectNode version = spec.putArray("versions").addObject();
    version.put("name", VERSION).put("served", true).put("storage", true);
    version.putObject("subresources").putObject("status");
    List<Map<String, String>> withAge = new ArrayList<>(columns);
    withAge.add(Map.of("name", "Age", "type", "date", "jsonPath", ".metadata.creationTimestamp"));
    version.set("additionalPrinterColumns", KubeJson.tree(withAge));
    version
        .putObject("schema")
        .set(
            "openAPIV3Schema",
            KubeJson.tree(object(Map.of("spec", object(fields), "status", STATUS))));
    return new Wanted(COLLECTION, definition);
  }

  private static final Map<String, Object> STATUS =
      object(
          Map.of(
              "state",
              TEXT,
              "message",
              TEXT,
              "run",
              TEXT,
              "conditions",
              Map.of(
                  "type",
                  "array",
                  "items",
                  object(
                      Map.of(
                          "type", TEXT,
                          "status", TEXT,
                          "reason", TEXT,
                          "message", TEXT,
                          "lastUpdateTime", TEXT,
                          "lastTransitionTime", TEXT)))));

  private static Map<String, Object> object(Map<String, Object> properties) {
    return Map.of("type", "object", "properties", properties);
  }

  private static Map<String, String> column(String name, String path) {
    return Map.of("name", name, "type", "string", "jsonPath", path);
  }

  private static Map<String, String> condition(String type) {
    return column(type, ".status.conditions[?(@.type==\"" + type + "\")].status");
  }
}
