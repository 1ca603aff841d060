package io.rke4j.core.management;

import io.rke4j.api.plan.StepId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which steps bring about which conditions. */
final class StepConditions {

  /** Conditions of the cluster, by phase and action. */
  private static final Map<String, List<String>> OF_CLUSTER =
      Map.of(
          "prepare/prepare-namespaces",
              List.of("BackingNamespaceCreated", "DefaultProjectCreated", "SystemProjectCreated"),
          "prepare/prepare-roles", List.of("InitialRolesPopulated"),
          "control-plane/authorize", List.of("Waiting"),
          "finish/save-agent-credentials", List.of("SystemAccountCreated"),
          "finish/await-agents", List.of("AgentDeployed"),
          "cleanup/remove-provisioning-rights", List.of("ServiceAccountMigrated"));

  /** Conditions of the node that the step is about. */
  private static final Map<String, String> OF_NODE =
      Map.of(
          "node/check-engine", "Provisioned",
          "worker-plane/sync-node", "Registered",
          "finish/await-ready", "Ready");

  /** Conditions of all nodes. */
  private static final Map<String, String> OF_ALL_NODES =
      Map.of("prepare/record-cluster", "Initialized", "node/save-node-configs", "Saved");

  private StepConditions() {}

  private static String key(StepId step) {
    return step.phase().slug() + "/" + step.action();
  }

  static void begun(StepId step, Conditions cluster) {
    OF_CLUSTER.getOrDefault(key(step), List.of()).forEach(type -> cluster.beginOnce(type, ""));
  }

  static void failed(StepId step, Conditions cluster, String why) {
    OF_CLUSTER.getOrDefault(key(step), List.of()).forEach(type -> cluster.fail(type, why));
  }

  static void done(
      StepId step,
      Conditions cluster,
      Set<String> nodes,
      Function<String, Optional<Conditions>> node,
      boolean hasOwner) {
    String key = key(step);
    OF_CLUSTER.getOrDefault(key, List.of()).forEach(cluster::succeed);
    if (key.equals("prepare/prepare-roles") && hasOwner) {
      cluster.succeed("CreatorMadeOwner");
    }
    Optional.ofNullable(OF_NODE.get(key))
        .ifPresent(type -> node.apply(step.target()).ifPresent(one -> one.succeed(type)));
    Optional.ofNullable(OF_ALL_NODES.get(key))
        .ifPresent(
            type -> nodes.forEach(name -> node.apply(name).ifPresent(one -> one.succeed(type))));
  }
}
