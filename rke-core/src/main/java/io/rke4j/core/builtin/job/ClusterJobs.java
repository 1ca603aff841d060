package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.addon.AddonFailedException;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.addon.KubeEndpoint;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs Jobs in kube-system to their end. */
final class ClusterJobs {

  private static final String NAMESPACES = "/apis/batch/v1/namespaces/";
  private static final String COLLECTION = NAMESPACES + "kube-system/jobs";
  private static final String ACCOUNT =
      "/api/v1/namespaces/kube-system/serviceaccounts/rke-job-deployer";

  private final KubeApi kube;
  private final KubeClient client;
  private final KubeEndpoint cluster;

  ClusterJobs(KubeApi kube, KubeEndpoint cluster) {
    this.kube = kube;
    this.client = kube.client();
    this.cluster = cluster;
  }

  Set<String> names() {
    return client.list(COLLECTION).stream()
        .map(job -> job.at("/metadata/name").asText())
        .collect(Collectors.toSet());
  }

  boolean isComplete(KubectlJob job) {
    return find(job).filter(found -> has(found, "Complete")).isPresent();
  }

  /** Runs the Job anew, and waits until it is complete. */
  void run(String addon, KubectlJob job, Deadline deadline, OperationContext context) {
    delete(addon, job, deadline, context);
    runFirst(addon, job, deadline, context);
  }

  /** Runs a Job of which there is none, and waits until it is complete. */
  void runFirst(String addon, KubectlJob job, Deadline deadline, OperationContext context) {
    String account = "the service account of deploy Jobs";
    await(account, addon, job.name(), deadline, context, this::account);
    ObjectNode made =
        client.create(COLLECTION, job.json(cluster, kube.controlPlane(cluster.controlPlane())));
    new PodAhead(client, kube.serverVersion()).of(made);
    context.progress(0.5, "Job " + job.name() + " is running");
    await("Job " + job.name(), addon, job.name(), deadline, context, () -> look(addon, job));
  }

  /** Deletes a Job of ours with its pods, and waits until it is gone. */
  void delete(String addon, KubectlJob job, Deadline deadline, OperationContext context) {
    delete(addon, new ManifestObject.Identity("Job", "kube-system", job.name()), deadline, context);
  }

  /** Deletes a Job with its pods, and waits until it is gone. */
  void delete(
      String addon, ManifestObject.Identity job, Deadline deadline, OperationContext context) {
    String path = NAMESPACES + job.namespace() + "/jobs/" + job.name();
    if (client.find(path).isEmpty()) {
      return;
    }
    client.delete(path);
    String what = "the former Job " + job.name() + " to be gone";
    await(what, addon, job.name(), deadline, context, () -> gone(path));
  }

  private void await(
      String what,
      String addon,
      String job,
      Deadline deadline,
      OperationContext context,
      Supplier<Observation> probe) {
    try {
      context.waitUntil(what, deadline.left(), () -> calm(probe));
    } catch (WaitTimeoutException e) {
      AddonFailedException failure =
          new AddonFailedException(
              addon,
              "was not finished in time, still waiting for " + what + " (" + e.lastSeen() + ")",
              "See the evidence; if the cluster is just slow, allow more time.",
              JobEvidence.of(client, job));
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** An API server that is restarted meanwhile is no reason to give up. */
  private static Observation calm(Supplier<Observation> probe) {
    try {
      return probe.get();
    } catch (KubeApiException e) {
      if (!e.isTransient()) {
        throw e;
      }
      return Observation.notYet(String.valueOf(e.getMessage()));
    }
  }

  private Observation gone(String path) {
    return client.find(path).isEmpty()
        ? Observation.done()
        : Observation.notYet("it waits for its pods to end");
  }

  /**
   * Without a token the first pod of a Job is refused, and Kubernetes tries again only after ten
   * seconds. Since 1.24 tokens come with the pod.
   */
  private Observation account() {
    Optional<ObjectNode> account = client.find(ACCOUNT);
    if (account.isEmpty()) {
      return Observation.notYet("there is no service account rke-job-deployer");
    }
    return account.get().path("secrets").isEmpty() && kube.serverVersion().isBefore(24)
        ? Observation.notYet("it has no token yet; kube-controller-manager makes it")
        : Observation.done();
  }

  private Observation look(String addon, KubectlJob job) {
    Optional<ObjectNode> found = find(job);
    if (found.isEmpty()) {
      throw failed(addon, job, "failed, since somebody deleted its Job " + job.name());
    }
    if (has(found.get(), "Complete")) {
      return Observation.done();
    }
    if (has(found.get(), "Failed")) {
      throw failed(addon, job, "failed: its Job " + job.name() + " gave up");
    }
    JobPods pods = JobPods.of(client, job.name());
    pods.unstartable()
        .ifPresent(
            why -> {
              throw failed(addon, job, "cannot be deployed, for the pod cannot start: " + why);
            });
    return Observation.notYet(pods.words());
  }

  private AddonFailedException failed(String addon, KubectlJob job, String why) {
    return new AddonFailedException(
        addon, why, "Correct what the evidence names.", JobEvidence.of(client, job.name()));
  }

  private Optional<ObjectNode> find(KubectlJob job) {
    return client.find(COLLECTION + "/" + job.name());
  }

  private static boolean has(JsonNode job, String condition) {
    return KubeJson.elements(job.at("/status/conditions"))
        .anyMatch(
            one ->
                one.path("type").asText().equals(condition)
                    && one.path("status").asText().equals("True"));
  }
}
