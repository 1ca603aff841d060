package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Conditions;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts pods of Jobs until enough of them succeeded, or too many failed. */
final class Jobs implements Controller {

  @Override
  public void react(KubeStore store, StoreEvent event) {
    switch (event.collection()) {
      case "jobs.batch" -> sync(store, Meta.namespace(event.object()), Meta.name(event.object()));
      case "pods" ->
          Meta.owners(event.object())
              .filter(owner -> owner.path("kind").asText().equals("Job"))
              .forEach(
                  owner ->
                      sync(store, Meta.namespace(event.object()), owner.path("name").asText()));
      case "serviceaccounts" -> {
        // A pod that was refused for want of its account can be made now.
        String namespace = Meta.namespace(event.object());
        store
            .list(Kinds.jobs(store), namespace)
            .items()
            .forEach(job -> sync(store, namespace, Meta.name(job)));
      }
      default -> {}
    }
  }

  private static void sync(KubeStore store, String namespace, String name) {
    Optional<ObjectNode> found = store.find(Kinds.jobs(store), namespace, name);
    if (found.filter(job -> !Meta.isBeingDeleted(job)).isEmpty()) {
      return;
    }
    ObjectNode job = found.get();
    if (Conditions.isTrue(job, "Complete") || Conditions.isTrue(job, "Failed")) {
      return;
    }
    Tally tally = Tally.of(Kinds.ownedBy(store, Kinds.pods(store), job));
    int wanted = job.path("spec").path("completions").asInt(1);
    int most = job.path("spec").path("parallelism").asInt(1);
    boolean isDone = tally.succeeded >= wanted;
    boolean hasFailed = tally.failed > job.path("spec").path("backoffLimit").asInt(6);
    int missing = isDone || hasFailed ? 0 : Math.min(most, wanted - tally.succeeded) - tally.active;
    record(store, job, tally, isDone, hasFailed);
    for (int made = 0; made < missing; made++) {
      start(store, job);
    }
  }

  private record Tally(int active, int succeeded, int failed) {

    static Tally of(List<ObjectNode> pods) {
      return new Tally(
          (int) pods.stream().filter(PodTemplates::isActive).count(),
          count(pods, "Succeeded"),
          count(pods, "Failed"));
    }

    private static int count(List<ObjectNode> pods, String phase) {
      return (int)
          pods.stream()
              .filter(pod -> pod.path("status").path("phase").asText().equals(phase))
              .count();
    }
  }

  private static void start(KubeStore store, ObjectNode job) {
    ObjectNode pod = PodTemplates.pod(job);
    String account = pod.path("spec").path("serviceAccountName").asText("default");
    boolean hasAccount =
        store
            .find(store.types().get("", "serviceaccounts"), Meta.namespace(job), account)
            .isPresent();
    if (hasAccount) {
      PodTemplates.create(store, job, pod);
    } else {
      Events.record(
          store,
          job,
          "Warning",
          "FailedCreate",
          "Error creating: pods \"%s-\" is forbidden: error looking up service account %s/%s: serviceaccount \"%s\" not found"
              .formatted(Meta.name(job), Meta.namespace(job), account, account));
    }
  }

  private static void record(
      KubeStore store, ObjectNode job, Tally tally, boolean isDone, boolean hasFailed) {
    Kinds.change(
        store,
        Kinds.jobs(store),
        job,
        present -> {
          ObjectNode status = Json.child(present, "status");
          Json.putIfAbsent(status, "startTime", store.now());
          number(status, "active", isDone || hasFailed ? 0 : tally.active);
          number(status, "succeeded", tally.succeeded);
          number(status, "failed", tally.failed);
          if (isDone) {
            status.put("completionTime", store.now());
            Conditions.set(present, condition(store, "Complete", "", ""), store.now());
          } else if (hasFailed) {
            String why = "Job has reached the specified backoff limit";
            Conditions.set(
                present, condition(store, "Failed", "BackoffLimitExceeded", why), store.now());
          }
          return present;
        });
    if (isDone) {
      Events.record(store, job, "Normal", "Completed", "Job completed");
    } else if (hasFailed) {
      String why = "Job has reached the specified backoff limit";
      Events.record(store, job, "Warning", "BackoffLimitExceeded", why);
    }
  }

  private static void number(ObjectNode status, String field, int value) {
    if (value == 0) {
      status.remove(field);
    } else {
      status.put(field, value);
    }
  }

  private static ObjectNode condition(KubeStore store, String type, String reason, String message) {
    JsonNode condition =
        Json.tree(Map.of("type", type, "status", "True", "lastProbeTime", store.now()));
    ObjectNode result = (ObjectNode) condition;
    if (!reason.isEmpty()) {
      result.put("reason", reason).put("message", message);
    }
    return result;
  }
}
