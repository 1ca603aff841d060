package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.patch.JsonPatch;
import io.rke4j.testkit.kube.patch.MergePatch;
import io.rke4j.testkit.kube.patch.StrategicMerge;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.Part;

/** Changes parts of objects, in the four ways that Kubernetes has. */
final class Patching {

  private static final String JSON = "application/json-patch+json";
  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";

  private final KubeStore store;

  Patching(KubeStore store) {
    this.store = store;
  }

  Answer patch(Target target, ApiRequest request, Part part) {
    String way = request.contentType().split(";", 2)[0].strip();
    JsonNode patch = request.object();
    if (way.equals(APPLY)) {
      return apply(target, request, patch, part);
    }
    if (way.equals(STRATEGIC) && target.type().custom()) {
      throw KubeFailure.unsupportedMediaType(String.join(", ", JSON, MERGE, APPLY));
    }
    if (Writing.isTrial(request)) {
      ObjectNode present = store.get(target.type(), target.namespace(), target.name());
      return Answer.json(200, patched(way, present, patch));
    }
    return Answer.json(
        200,
        store.update(
            target.type(),
            target.namespace(),
            target.name(),
            part,
            present -> patched(way, present, patch)));
  }

  private static ObjectNode patched(String way, ObjectNode present, JsonNode patch) {
    return switch (way) {
      case JSON -> JsonPatch.apply(present, patch);
      case MERGE -> MergePatch.apply(present, requireObject(patch));
      case STRATEGIC -> StrategicMerge.apply(present, requireObject(patch));
      default -> throw KubeFailure.unsupportedMediaType(String.join(", ", JSON, MERGE, STRATEGIC));
    };
  }

  private static JsonNode requireObject(JsonNode patch) {
    if (!patch.isObject()) {
      throw KubeFailure.badRequest("error decoding patch: it is no object");
    }
    return patch;
  }

  /** Server-side apply, without the record of who set which field: nobody loses a field. */
  private Answer apply(Target target, ApiRequest request, JsonNode patch, Part part) {
    ObjectNode wanted = requireObject(patch).deepCopy();
    if (request.parameter("fieldManager").isEmpty()) {
      throw KubeFailure.badRequest(
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    if (Writing.isTrial(request)) {
      return Answer.json(200, wanted);
    }
    return store.atomically(
        locked -> {
          boolean isNew = locked.find(target.type(), target.namespace(), target.name()).isEmpty();
          if (isNew && part == Part.MAIN) {
            Meta.of(wanted).put("name", target.name());
            return Answer.json(201, locked.create(target.type(), target.namespace(), wanted));
          }
          return Answer.json(
              200,
              locked.update(
                  target.type(),
                  target.namespace(),
                  target.name(),
                  part,
                  present -> merged(target, present, wanted)));
        });
  }

  private static ObjectNode merged(Target target, ObjectNode present, ObjectNode wanted) {
    return target.type().custom()
        ? MergePatch.apply(present, wanted)
        : StrategicMerge.apply(present, wanted);
  }
}
