package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.Map;

/** The nodes of a cluster, as their kubelets and the node controller see to them. Thread-safe. */
public final class KubeNodes {

  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  private final KubeStore store;

  /** The nodes in a store. */
  public KubeNodes(KubeStore store) {
    this.store = store;
  }

  /**
   * Lets a kubelet come up: its node is there and ready. Where the node is known already, its
   * labels and taints stay but for those that the kubelet gives it.
   */
  public void register(NodeRegistration registration) {
    store.atomically(
        locked -> {
          ResourceType nodes = Kinds.nodes(locked);
          if (locked.find(nodes, "", registration.name()).isEmpty()) {
            ObjectNode node = Json.object();
            Meta.of(node).put("name", registration.name());
            String pods = podCidr(locked.count(nodes, "", any -> true));
            ObjectNode spec = node.putObject("spec");
            spec.put("podCIDR", pods);
            spec.putArray("podCIDRs").add(pods);
            NodeObject.labels(node, registration);
            NodeObject.annotations(node);
            NodeObject.taints(node, registration);
            locked.create(nodes, "", node);
          }
          locked.updateIfPresent(nodes, "", registration.name(), node -> ready(node, registration));
          beat(registration.name());
          return true;
        });
  }

  private static String podCidr(int number) {
    return "10." + (42 + number / 256) + "." + number % 256 + ".0/24";
  }

  private ObjectNode ready(ObjectNode node, NodeRegistration registration) {
    NodeObject.labels(node, registration);
    NodeObject.annotations(node);
    withoutUnreachable(node);
    NodeObject.ready(node, registration, store.now());
    return node;
  }

  /** Lets the node controller find out that a node has said nothing for too long. */
  public void lost(String name) {
    store.updateIfPresent(
        Kinds.nodes(store),
        "",
        name,
        node -> {
          for (String type : new String[] {"MemoryPressure", "DiskPressure", "PIDPressure"}) {
            NodeObject.condition(node, type, "Unknown", "NodeStatusUnknown", store.now());
          }
          NodeObject.condition(node, "Ready", "Unknown", "NodeStatusUnknown", store.now());
          withoutUnreachable(node);
          ArrayNode taints = Json.list(Json.child(node, "spec"), "taints");
          for (String effect : new String[] {"NoSchedule", "NoExecute"}) {
            taints
                .addObject()
                .put("key", UNREACHABLE)
                .put("effect", effect)
                .put("timeAdded", store.now());
          }
          return node;
        });
  }

  private static void withoutUnreachable(ObjectNode node) {
    ArrayNode left = Json.array();
    Json.elements(node.path("spec").path("taints"))
        .filter(taint -> !taint.path("key").asText().equals(UNREACHABLE))
        .forEach(left::add);
    ObjectNode spec = Json.child(node, "spec");
    if (left.isEmpty()) {
      spec.remove("taints");
    } else {
      spec.set("taints", left);
    }
  }

  /** Lets a kubelet say that it is still there. */
  public void beat(String name) {
    store.atomically(
        locked -> {
          ResourceType leases = locked.types().get("coordination.k8s.io", "leases");
          if (locked.find(leases, "kube-node-lease", name).isEmpty()) {
            ObjectNode lease = Json.object();
            Meta.of(lease).put("name", name);
            lease.set(
                "spec", Json.tree(Map.of("holderIdentity", name, "leaseDurationSeconds", 40)));
            locked.create(leases, "kube-node-lease", lease);
          }
          locked.updateIfPresent(
              leases,
              "kube-node-lease",
              name,
              lease -> {
                Json.child(lease, "spec").put("renewTime", locked.clock().instant().toString());
                return lease;
              });
          return true;
        });
  }
}
