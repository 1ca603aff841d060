package io.rke4j.testkit.kube.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses objects by the few fields that the API server knows for their resource. */
public final class FieldSelector {

  private static final Pattern REQUIREMENT = Pattern.compile("([^!=]+)(==|=|!=)(.*)");
  private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");

  // From the field label conversions of Kubernetes' API groups.
  private static final Map<String, Set<String>> BY_COLLECTION =
      Map.of(
          "pods",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          "events",
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "source",
              "type"),
          "nodes",
          Set.of("spec.unschedulable"),
          "namespaces",
          Set.of("status.phase"),
          "secrets",
          Set.of("type"),
          "replicationcontrollers",
          Set.of("status.replicas"),
          "replicasets.apps",
          Set.of("status.replicas"),
          "jobs.batch",
          Set.of("status.successful"),
          "certificatesigningrequests.certificates.k8s.io",
          Set.of("spec.signerName"));

  private FieldSelector() {}

  /**
   * Reads a selector as in a query, for example {@code metadata.name=a,status.phase!=Running}.
   *
   * @param collection the collection of objects to choose from, for example {@code pods}
   * @throws KubeFailure with code 400 if it is none, or has a field that is not known there
   */
  public static Predicate<JsonNode> parse(String collection, String text) {
    Predicate<JsonNode> all = object -> true;
    if (text.isBlank()) {
      return all;
    }
    for (String part : text.split(",", -1)) {
      all = all.and(requirement(collection, part));
    }
    return all;
  }

  private static Predicate<JsonNode> requirement(String collection, String text) {
    Matcher matcher = REQUIREMENT.matcher(text);
    if (!matcher.matches()) {
      throw KubeFailure.badRequest("invalid selector: '" + text + "'");
    }
    String field = matcher.group(1).strip();
    if (!EVERYWHERE.contains(field)
        && !BY_COLLECTION.getOrDefault(collection, Set.of()).contains(field)) {
      throw KubeFailure.badRequest(
          "Unable to find \"%s\" that match label selector \"\", field selector \"%s\": field label not supported: %s"
              .formatted(collection, text, field));
    }
    String pointer = "/" + field.replace('.', '/');
    boolean wanted = !matcher.group(2).equals("!=");
    String value = matcher.group(3).strip();
    return object -> valueAt(object, field, pointer).equals(value) == wanted;
  }

  private static String valueAt(JsonNode object, String field, String pointer) {
    return switch (field) {
      case "spec.unschedulable" -> Boolean.toString(object.at(pointer).asBoolean());
      case "source" -> object.at("/source/component").asText();
      case "status.successful" -> object.at("/status/succeeded").asText("0");
      default -> object.at(pointer).asText("");
    };
  }
}
