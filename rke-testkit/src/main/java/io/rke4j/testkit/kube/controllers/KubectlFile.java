package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.controllers.PodBehaviour.Outcome;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.patch.MergePatch;
import io.rke4j.testkit.kube.patch.StrategicMerge;
import io.rke4j.testkit.kube.patch.ThreeWayMerge;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.Deletion;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What kubectl does with one file of manifests, and what it says of it. */
final class KubectlFile {

  private static final String LAST = "kubectl.kubernetes.io/last-applied-configuration";

  private final KubeStore store;
  private final String namespace;
  private final String file;
  private final StringBuilder log = new StringBuilder();
  private boolean hasFailed;

  /**
   * A file.
   *
   * @param namespace where objects go that name none: in a pod, its own
   */
  KubectlFile(KubeStore store, String namespace, String file) {
    this.store = store;
    this.namespace = namespace;
    this.file = file;
  }

  /** An object of the file, with its type. */
  private record Entry(ResourceType type, ObjectNode object) {}

  Outcome apply(String text) {
    entries(text).forEach(entry -> attempt("creating", () -> apply(entry)));
    return outcome();
  }

  Outcome delete(String text, boolean ignoresAbsent) {
    for (Entry entry : entries(text)) {
      if (ignoresAbsent && find(entry).isEmpty()) {
        continue;
      }
      attempt("deleting", () -> delete(entry));
    }
    return outcome();
  }

  private Outcome outcome() {
    return new Outcome.Exited(hasFailed ? 1 : 0, log.toString());
  }

  /** As kubectl, looks up all kinds before it touches anything. */
  private List<Entry> entries(String text) {
    List<Entry> entries = new ArrayList<>();
    try {
      Json.parseYaml(text).forEach(document -> collect(document, entries));
    } catch (IllegalArgumentException e) {
      fail("error: error parsing %s: %s".formatted(file, e.getMessage()));
    }
    return entries;
  }

  private void collect(JsonNode document, List<Entry> entries) {
    String kind = document.path("kind").asText();
    String version = document.path("apiVersion").asText();
    if (kind.endsWith("List") && document.path("items").isArray()) {
      document.path("items").forEach(item -> collect(item, entries));
      return;
    }
    Optional<ResourceType> type = store.types().ofKind(version, kind);
    if (type.isPresent() && document instanceof ObjectNode object) {
      entries.add(new Entry(type.get(), object));
    } else {
      fail(
          "unable to recognize \"%s\": no matches for kind \"%s\" in version \"%s\""
              .formatted(file, kind, version));
    }
  }

  private void attempt(String doing, Runnable action) {
    try {
      action.run();
    } catch (KubeFailure e) {
      fail(
          "Error from server (%s): error when %s \"%s\": %s"
              .formatted(e.reason(), doing, file, e.getMessage()));
    }
  }

  private void fail(String line) {
    hasFailed = true;
    log.append(line).append('\n');
  }

  private String space(Entry entry) {
    String stated = Meta.namespace(entry.object);
    return !entry.type.namespaced() ? "" : stated.isEmpty() ? namespace : stated;
  }

  private Optional<ObjectNode> find(Entry entry) {
    return store.find(entry.type, space(entry), Meta.name(entry.object));
  }

  private void apply(Entry entry) {
    ObjectNode wanted = entry.object.deepCopy();
    if (entry.type.namespaced()) {
      Meta.of(wanted).put("namespace", space(entry));
    } else {
      Meta.of(wanted).remove("namespace");
    }
    String stated = wanted.toString() + "\n";
    Json.child(Meta.of(wanted), "annotations").put(LAST, stated);
    Optional<ObjectNode> present = find(entry);
    if (present.isEmpty()) {
      store.create(entry.type, space(entry), wanted);
      say(entry, "created");
      return;
    }
    ObjectNode changed =
        store.update(
            entry.type,
            space(entry),
            Meta.name(wanted),
            Part.MAIN,
            before -> merged(entry.type, before, wanted));
    boolean isSame = Meta.resourceVersion(changed).equals(Meta.resourceVersion(present.get()));
    say(entry, isSame ? "unchanged" : "configured");
  }

  private static ObjectNode merged(ResourceType type, ObjectNode present, ObjectNode wanted) {
    JsonNode before = Meta.annotation(present, LAST).map(Json::parse).orElseGet(Json::object);
    ObjectNode patch = ThreeWayMerge.patch(before, wanted);
    return type.custom() ? MergePatch.apply(present, patch) : StrategicMerge.apply(present, patch);
  }

  private void delete(Entry entry) {
    Deletion how = new Deletion(Deletion.BACKGROUND, Optional.empty(), "", "");
    store.delete(entry.type, space(entry), Meta.name(entry.object), how);
    log.append("%s \"%s\" deleted\n".formatted(word(entry), Meta.name(entry.object)));
  }

  private void say(Entry entry, String what) {
    log.append("%s/%s %s\n".formatted(word(entry), Meta.name(entry.object), what));
  }

  private static String word(Entry entry) {
    String group = entry.type.group();
    String name = entry.type.names().singular();
    return group.isEmpty() ? name : name + "." + group;
  }
}
