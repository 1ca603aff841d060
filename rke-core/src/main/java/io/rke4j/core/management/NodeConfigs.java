package io.rke4j.core.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.cluster.Taint;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.SecretData;
import io.rke4j.core.kube.WantedObjects.Wanted;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeInventory;
import java.util.List;

/**
 * How each node is reached and logged in to, as Secrets {@code node-<name>} in the cluster's
 * namespace. A key that was given as text is in it; one in a file or an agent is only named.
 */
final class NodeConfigs {

  private final AccountNames names;

  NodeConfigs(AccountNames names) {
    this.names = names;
  }

  List<Wanted> objects(Resolved cluster, NodeInventory inventory) {
    return cluster.nodes().stream()
        .map(
            node ->
                secret("node-" + node.name(), "config", config(node, inventory).toPrettyString()))
        .toList();
  }

  Wanted secret(String name, String key, String value) {
    ObjectNode secret = KubeJson.object("v1", "Secret", names.namespace(), name);
    secret.withObject("/metadata/labels").put(AccountNames.CLUSTER_LABEL, names.cluster());
    secret.put("type", "Opaque");
    SecretData.put(secret, key, value);
    return new Wanted("/api/v1/namespaces/" + names.namespace() + "/secrets", secret);
  }

  private static ObjectNode config(ClusterNode node, NodeInventory inventory) {
    ObjectNode config = KubeJson.object().put("name", node.name().value());
    config.set("roles", KubeJson.tree(RecordObjects.roles(node)));
    config.set("labels", KubeJson.tree(node.spec().labels()));
    config.set(
        "taints", KubeJson.tree(node.spec().taints().stream().map(Taint::toString).toList()));
    inventory.find(node.spec()).ifPresent(machine -> addMachine(config, machine));
    return config;
  }

  private static void addMachine(ObjectNode config, Machine machine) {
    config.put("address", machine.address()).put("internalAddress", machine.internalAddress());
    config.put("dockerSocket", machine.dockerSocket());
    SshAccess ssh = machine.ssh();
    config.put("user", ssh.user()).put("port", ssh.port());
    addKey(config, ssh.key());
  }

  private static void addKey(ObjectNode config, SshKey key) {
    if (key instanceof SshKey.Inline inline) {
      config.put("sshKey", inline.pem().reveal());
    } else if (key instanceof SshKey.FromFile file) {
      config.put("sshKeyFile", file.path().toString());
    } else if (key instanceof SshKey.Encrypted encrypted) {
      addKey(config, encrypted.key());
      config.put("sshKeyPassphrase", encrypted.passphrase().reveal());
    } else if (key instanceof SshKey.Certified certified) {
      addKey(config, certified.key());
    } else if (key instanceof SshKey.Agent) {
      config.put("sshAgent", true);
    }
  }
}
