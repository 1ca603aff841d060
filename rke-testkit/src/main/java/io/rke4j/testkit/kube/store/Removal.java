package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.json.Pods;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.KubeStore.Deleted;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** How an object leaves the store: at once, after its grace, or when its finalizers are done. */
final class Removal {

  /** Keeps an object until all that it owns is gone. */
  static final String FOREGROUND = "foregroundDeletion";

  /** Keeps an object until all that it owned stands for itself. */
  static final String ORPHAN = "orphan";

  private static final int USUAL_GRACE = 30;

  private final Clock clock;
  private final VersionedObjects objects;
  private final ResourceType type;

  Removal(Clock clock, VersionedObjects objects, ResourceType type) {
    this.clock = clock;
    this.objects = objects;
    this.type = type;
  }

  Deleted delete(ObjectNode present, Deletion how) {
    check(present, how);
    Key key = Key.of(type, Meta.namespace(present), Meta.name(present));
    ObjectNode marked = present.deepCopy();
    addFinalizers(marked, how);
    int grace = grace(present, how);
    boolean isSooner =
        grace < present.path("metadata").path("deletionGracePeriodSeconds").asInt(USUAL_GRACE + 1);
    if (!Meta.isBeingDeleted(present) || isSooner) {
      Meta.of(marked)
          .put(
              "deletionTimestamp",
              clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(grace).toString())
          .put("deletionGracePeriodSeconds", grace);
    }
    if (isNamespace(type)) {
      Json.child(marked, "status").put("phase", "Terminating");
    }
    if (isDue(type, marked)) {
      return new Deleted(objects.remove(key).orElse(marked), true);
    }
    return new Deleted(marked.equals(present) ? present : objects.put(key, marked), false);
  }

  private void check(ObjectNode present, Deletion how) {
    precondition(present, "UID", how.uid(), Meta.uid(present));
    precondition(present, "ResourceVersion", how.resourceVersion(), Meta.resourceVersion(present));
  }

  private void precondition(ObjectNode present, String what, String wanted, String found) {
    if (!wanted.isEmpty() && !wanted.equals(found)) {
      throw KubeFailure.conflict(
          type.group(),
          type.plural(),
          Meta.name(present),
          "Precondition failed: %s in precondition: %s, %s in object meta: %s"
              .formatted(what, wanted, what, found));
    }
  }

  private void addFinalizers(ObjectNode object, Deletion how) {
    // Jobs are the one kind of old whose pods stay unless the client says otherwise.
    boolean isOldKind = type.collection().equals("jobs.batch");
    String usual = isOldKind ? Deletion.ORPHAN : Deletion.BACKGROUND;
    String propagation = how.propagation().isEmpty() ? usual : how.propagation();
    if (propagation.equals(Deletion.FOREGROUND)) {
      Meta.addFinalizer(object, FOREGROUND);
    } else if (propagation.equals(Deletion.ORPHAN)) {
      Meta.addFinalizer(object, ORPHAN);
    }
  }

  /** Only pods have time to end, and only those that a kubelet has to stop. */
  private int grace(ObjectNode present, Deletion how) {
    String phase = present.path("status").path("phase").asText();
    boolean isRunning =
        type.collection().equals("pods")
            && Pods.isPlaced(present)
            && !phase.equals("Succeeded")
            && !phase.equals("Failed");
    if (!isRunning) {
      return 0;
    }
    int usual = present.path("spec").path("terminationGracePeriodSeconds").asInt(USUAL_GRACE);
    return how.graceSeconds().orElse(usual);
  }

  private static boolean isNamespace(ResourceType type) {
    return type.collection().equals("namespaces");
  }

  /** Whether nothing keeps an object whose deletion was asked for. */
  static boolean isDue(ResourceType type, ObjectNode object) {
    return Meta.isBeingDeleted(object)
        && object.path("metadata").path("deletionGracePeriodSeconds").asInt(0) == 0
        && object.path("metadata").path("finalizers").isEmpty()
        && !(isNamespace(type) && !object.path("spec").path("finalizers").isEmpty());
  }
}
