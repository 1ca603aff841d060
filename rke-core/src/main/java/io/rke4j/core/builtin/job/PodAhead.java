package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.ServerVersion;
import io.rke4j.spi.addon.KubeApiException;

/**
 * Makes the first pod of a Job where nobody else does so yet. Up to Kubernetes 1.20 a
 * kube-controller-manager that has just started runs no controller for ten seconds and more, since
 * its node IPAM controller waits for a poll's first tick before the others may begin
 * (pkg/controller/nodeipam/ipam, {@code nodePollInterval}). A kubelet needs no controller to run a
 * pod, and the Job's controller, once it is there, takes a pod that the Job owns for its own.
 */
final class PodAhead {

  private static final String CORE = "/api/v1/namespaces/kube-system/";

  private final KubeClient client;
  private final ServerVersion version;

  PodAhead(KubeClient client, ServerVersion version) {
    this.client = client;
    this.version = version;
  }

  /** Makes a pod of the Job, unless there are controllers that do so. */
  void of(ObjectNode job) {
    if (!podsNeedNoController()) {
      return;
    }
    try {
      if (!controllersRun()) {
        client.create(CORE + "pods", pod(job));
      }
    } catch (KubeApiException e) {
      // Then the Job's controller makes one, as soon as it runs.
      return;
    }
  }

  // From 1.21 a pod waits for the ConfigMap kube-root-ca.crt, which a controller writes.
  private boolean podsNeedNoController() {
    return version.isBefore(21);
  }

  // A controller gives each namespace this account, and starts together with that of Jobs.
  private boolean controllersRun() {
    return client.find(CORE + "serviceaccounts/default").isPresent();
  }

  private static ObjectNode pod(JsonNode job) {
    JsonNode from = job.at("/metadata");
    ObjectNode pod = KubeJson.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata");
    metadata.put("generateName", from.path("name").asText() + "-");
    metadata.set("labels", job.at("/spec/template/metadata/labels").deepCopy());
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "batch/v1")
        .put("kind", "Job")
        .put("name", from.path("name").asText())
        .put("uid", from.path("uid").asText())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    pod.set("spec", job.at("/spec/template/spec").deepCopy());
    return pod;
  }
}
