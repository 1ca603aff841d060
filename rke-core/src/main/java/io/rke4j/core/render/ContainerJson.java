package io.rke4j.core.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.spi.runtime.ContainerSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a container's definition for programs. A variable may carry a credential, whatever its
 * name; so only those that this library sets itself keep their values.
 */
public final class ContainerJson {

  private static final String HIDDEN = "***";

  private static final Map<String, Set<String>> OWN_VARIABLES =
      Map.of(
          Component.ETCD.container(),
          Set.of(
              "ETCDCTL_API",
              "ETCDCTL_CACERT",
              "ETCDCTL_CERT",
              "ETCDCTL_KEY",
              "ETCDCTL_ENDPOINTS",
              "ETCD_UNSUPPORTED_ARCH"),
          Component.KUBE_APISERVER.container(),
          Set.of(KubeApiServer.ADMISSION_VARIABLE, KubeApiServer.CHECKSUM_VARIABLE),
          Component.KUBELET.container(),
          Kubelet.OWN_VARIABLES,
          NginxProxy.NAME,
          Set.of(NginxProxy.UPSTREAM_VARIABLE),
          PortChecker.NAME,
          Set.of("TARGETS"));

  private ContainerJson() {}

  /** The definition as a JSON object. */
  public static String of(ContainerSpec container) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", container.name());
    json.put("image", container.image().value());
    strings(json, "entrypoint", container.program().entrypoint());
    strings(json, "command", container.program().command());
    strings(json, "env", environment(container));
    text(json, "user", container.program().user());
    text(json, "network", container.isolation().networkMode());
    text(json, "pid", container.isolation().pidMode());
    json.put("privileged", container.isolation().privileged());
    strings(json, "securityOptions", container.isolation().securityOptions());
    strings(json, "binds", container.mounts().binds());
    strings(json, "volumesFrom", container.mounts().volumesFrom());
    ports(json, container.ports());
    json.put("restartAlways", container.restart() == ContainerSpec.RestartPolicy.ALWAYS);
    ObjectNode labels = json.putObject("labels");
    container.labels().forEach(labels::put);
    return json.toString();
  }

  /** The user's variables come after our own, so the first of a name is ours. */
  private static List<String> environment(ContainerSpec container) {
    Set<String> own = new HashSet<>(OWN_VARIABLES.getOrDefault(container.name(), Set.of()));
    return container.program().env().stream()
        .map(
            variable -> {
              String name = variable.split("=", 2)[0];
              return own.remove(name) ? variable : name + "=" + HIDDEN;
            })
        .toList();
  }

  private static void ports(ObjectNode json, ContainerSpec.PublishedPorts ports) {
    if (!ports.hostPorts().isEmpty()) {
      ObjectNode published = json.putObject("ports");
      published.put("container", ports.containerPort());
      ArrayNode host = published.putArray("host");
      ports.hostPorts().forEach(host::add);
    }
  }

  private static void text(ObjectNode json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }

  private static void strings(ObjectNode json, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = json.putArray(name);
      values.forEach(array::add);
    }
  }
}
