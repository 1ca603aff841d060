package io.rke4j.core.config;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeBuilder;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.Taint;
import io.rke4j.core.config.Place.Word;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code nodes}. */
final class NodeReader {

  private final FileProblems problems;
  private final Folder folder;

  NodeReader(FileProblems problems, Folder folder) {
    this.problems = problems;
    this.folder = folder;
  }

  void read(Place root, ClusterSpec.Builder spec) {
    Optional<Path> sharedKey = root.word("ssh_key_path").flatMap(this::keyFile);
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
            sharedKey.ifPresent(node::sshKey);
            key(place, node);
            labelsAndTaints(place, node);
          });
    }
  }

  private void host(Place place, NodeBuilder node) {
    place.text("address").ifPresent(node::address);
    place.text("internal_address").ifPresent(node::internalAddress);
    place.text("user").ifPresent(node::user);
    place.text("docker_socket").ifPresent(node::dockerSocket);
    place.word("port").ifPresent(port -> port(port, node));
    for (String word : place.texts("role")) {
      for (Role role : Role.values()) {
        if (role.label().equals(word)) {
          node.roles(role);
        }
      }
    }
  }

  private void port(Word port, NodeBuilder node) {
    if (port.text().matches("\\d{1,9}")) {
      node.port(Integer.parseInt(port.text()));
    } else {
      problems.add(port.path(), "'" + port.text() + "' is not a port", "");
    }
  }

  private void key(Place place, NodeBuilder node) {
    Optional<Word> inline = place.word("ssh_key");
    if (inline.isEmpty()) {
      place.word("ssh_key_path").flatMap(this::keyFile).ifPresent(node::sshKey);
      return;
    }
    String pem = inline.get().text();
    if (pem.contains("-----BEGIN ") && pem.contains("PRIVATE KEY-----")) {
      node.sshKey(Secret.of(pem));
    } else {
      problems.add(
          inline.get().path(),
          "is not a private key in PEM or OpenSSH form",
          "give the text of the key here, or its file as ssh_key_path");
    }
  }

  private Optional<Path> keyFile(Word word) {
    try {
      Path file = folder.resolve(word.text());
      if (Files.isDirectory(file)) {
        problems.add(word.path(), "is a folder", "name the file of the private key");
        return Optional.empty();
      }
      return Optional.of(file);
    } catch (InvalidPathException e) {
      problems.add(word.path(), "is not a path: " + e.getReason(), "");
      return Optional.empty();
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
