package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.spi.addon.KubeEndpoint;
import java.util.List;

/**
 * A Job that runs kubectl on the manifest in a ConfigMap.
 *
 * @param configMap the ConfigMap, whose one key has the same name
 * @param purpose {@code deploy} or {@code delete}
 * @param verb what kubectl is to do, without the file
 */
record KubectlJob(String configMap, String purpose, List<String> verb) {

  static KubectlJob deploying(String configMap) {
    return new KubectlJob(configMap, "deploy", List.of("kubectl", "apply", "-f"));
  }

  static KubectlJob deleting(String configMap) {
    return new KubectlJob(
        configMap, "delete", List.of("kubectl", "delete", "--ignore-not-found", "-f"));
  }

  String name() {
    return configMap + "-" + purpose + "-job";
  }

  private String container() {
    return purpose.equals("deploy") ? configMap + "-pod" : configMap + "-" + purpose + "-pod";
  }

  /**
   * The Job as RKE writes it: pinned to a control plane node, in the host's network and tolerating
   * all, so that it runs before there is a pod network or a ready node.
   *
   * @param node the node's name in Kubernetes
   */
  ObjectNode json(KubeEndpoint cluster, String node) {
    ObjectNode job = KubeJson.object("batch/v1", "Job", "kube-system", name());
    ObjectNode template = job.putObject("spec").put("backoffLimit", 10).putObject("template");
    template.putObject("metadata").put("name", "rke-deploy");
    ObjectNode pod = template.putObject("spec");
    pod.withArray(
            "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
                + "/nodeSelectorTerms")
        .addObject()
        .putArray("matchExpressions")
        .addObject()
        .put("key", "beta.kubernetes.io/os")
        .put("operator", "NotIn")
        .putArray("values")
        .add("windows");
    pod.putArray("tolerations").addObject().put("operator", "Exists");
    pod.put("hostNetwork", true)
        .put("nodeName", node)
        .put("restartPolicy", "Never")
        .put("serviceAccountName", "rke-job-deployer");
    addContainer(pod, cluster);
    addVolume(pod);
    return job;
  }

  private void addContainer(ObjectNode pod, KubeEndpoint cluster) {
    ObjectNode container = pod.putArray("containers").addObject();
    container.put("name", container()).put("image", cluster.kubectl().value());
    container.put("imagePullPolicy", "IfNotPresent");
    var command = container.putArray("command");
    verb.forEach(command::add);
    command.add("/etc/config/" + configMap + ".yaml");
    container
        .putArray("volumeMounts")
        .addObject()
        .put("name", "config-volume")
        .put("mountPath", "/etc/config");
  }

  private void addVolume(ObjectNode pod) {
    ObjectNode volume = pod.putArray("volumes").addObject().put("name", "config-volume");
    volume
        .putObject("configMap")
        .put("name", configMap)
        .putArray("items")
        .addObject()
        .put("key", configMap)
        .put("path", configMap + ".yaml");
  }
}
