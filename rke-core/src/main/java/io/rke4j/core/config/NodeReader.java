package io.rke4j.core.config;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeBuilder;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Taint;
import java.util.Optional;

/** Reads {@code nodes}. */
final class NodeReader {

  private final FileProblems problems;
  private final SshReader ssh;

  NodeReader(FileProblems problems, SshReader ssh) {
    this.problems = problems;
    this.ssh = ssh;
  }

  void read(Place root, ClusterSpec.Builder spec) {
    int number = 0;
    for (Place place : root.sections("nodes")) {
      number++;
      // Where both are missing the address is complained about, so any name will do.
      String name =
          place
              .text("hostname_override")
              .or(() -> place.text("address"))
              .orElse("without-address-" + number);
      spec.node(
          name,
          node -> {
            host(place, node);
            ssh.node(place, node);
            labelsAndTaints(place, node);
          });
    }
  }

  private void host(Place place, NodeBuilder node) {
    place.text("address").ifPresent(node::address);
    place.text("internal_address").ifPresent(node::internalAddress);
    place.text("docker_socket").ifPresent(node::dockerSocket);
    for (String word : place.texts("role")) {
      for (Role role : Role.values()) {
        if (role.label().equals(word)) {
          node.roles(role);
        }
      }
    }
  }

  private void labelsAndTaints(Place place, NodeBuilder node) {
    place.pairs("labels").forEach(node::label);
    for (Place taint : place.sections("taints")) {
      Optional<Taint.Effect> effect = taint.text("effect").flatMap(NodeReader::effect);
      if (effect.isEmpty() && !problems.explains(taint.at("effect"))) {
        problems.add(
            taint.at("effect"), "is missing", "give NoSchedule, PreferNoSchedule or NoExecute");
      }
      node.taint(
          taint.text("key").orElse(""),
          taint.text("value").orElse(""),
          effect.orElse(Taint.Effect.NO_SCHEDULE));
    }
  }

  private static Optional<Taint.Effect> effect(String name) {
    for (Taint.Effect effect : Taint.Effect.values()) {
      if (effect.kubernetesName().equals(name)) {
        return Optional.of(effect);
      }
    }
    return Optional.empty();
  }
}
