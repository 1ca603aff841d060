package io.rke4j.core.config;

import io.rke4j.api.cluster.BastionBuilder;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeBuilder;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshCertificate;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.core.config.Place.Word;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Reads how to log in, at nodes and at the bastion host. */
final class SshReader {

  private static final String USUAL_KEY = "~/.ssh/id_rsa";

  private final FileProblems problems;
  private final Folder folder;
  private final boolean agent;
  private final Optional<SshKey> sharedKey;
  private final Optional<SshCertificate> sharedCertificate;

  SshReader(FileProblems problems, Folder folder, Place root) {
    this.problems = problems;
    this.folder = folder;
    this.agent = root.truth("ssh_agent_auth").orElse(false);
    this.sharedKey = file(root, "ssh_key_path", "private key").map(SshKey::file);
    this.sharedCertificate = file(root, "ssh_cert_path", "certificate").map(SshCertificate::file);
  }

  void node(Place place, NodeBuilder node) {
    place.text("user").ifPresent(node::user);
    port(place, node::port);
    key(place).ifPresent(node::sshKey);
  }

  /** RKE takes a block without an address for none. */
  void bastion(Place place, ClusterSpec.Builder spec) {
    Optional<String> address = place.text("address");
    if (address.isPresent()) {
      spec.bastion(address.get(), bastion -> bastion(place, bastion));
    } else if (place.text("user").isPresent()) {
      problems.add(place.at("address"), "is missing", "RKE takes this for no bastion host");
    }
  }

  private void bastion(Place place, BastionBuilder bastion) {
    place.text("user").ifPresent(bastion::user);
    port(place, bastion::port);
    key(place).ifPresent(bastion::sshKey);
  }

  private void port(Place place, IntConsumer target) {
    place
        .word("port")
        .ifPresent(
            port -> {
              if (port.text().matches("\\d{1,9}")) {
                target.accept(Integer.parseInt(port.text()));
              } else {
                problems.add(port.path(), "'" + port.text() + "' is not a port", "");
              }
            });
  }

  /** As in RKE, an agent is used alone. */
  private Optional<SshKey> key(Place place) {
    if (place.truth("ssh_agent_auth").orElse(false) && !agent) {
      problems.add(
          place.at("ssh_agent_auth"),
          "has no effect in RKE, which goes by the one at the top level",
          "set it there");
    }
    Optional<SshKey> own =
        inline(place).or(() -> file(place, "ssh_key_path", "private key").map(SshKey::file));
    Optional<SshCertificate> certificate =
        certificate(place).or(() -> own.isEmpty() ? sharedCertificate : Optional.empty());
    if (agent) {
      return Optional.of(SshKey.agent());
    }
    Optional<SshKey> key = own.or(() -> sharedKey);
    return certificate
        .map(c -> key.orElseGet(() -> SshKey.file(folder.resolve(USUAL_KEY))).certifiedBy(c))
        .or(() -> key);
  }

  private Optional<SshKey> inline(Place place) {
    Optional<Word> inline = place.word("ssh_key");
    if (inline.isEmpty()) {
      return Optional.empty();
    }
    String pem = inline.get().text();
    if (!pem.contains("-----BEGIN ") || !pem.contains("PRIVATE KEY-----")) {
      problems.add(
          inline.get().path(),
          "is not a private key in PEM or OpenSSH form",
          "give the text of the key here, or its file as ssh_key_path");
    }
    return Optional.of(SshKey.text(Secret.of(pem)));
  }

  private Optional<SshCertificate> certificate(Place place) {
    Optional<Word> inline = place.word("ssh_cert");
    if (inline.isEmpty()) {
      return file(place, "ssh_cert_path", "certificate").map(SshCertificate::file);
    }
    String line = inline.get().text().strip();
    if (!line.matches("\\S+-cert-v01@openssh\\.com [A-Za-z0-9+/=]+( .*)?")) {
      problems.add(
          inline.get().path(),
          "is not an OpenSSH certificate",
          "give the line that ssh-keygen -s writes, or its file as ssh_cert_path");
    }
    return Optional.of(SshCertificate.text(line));
  }

  private Optional<Path> file(Place place, String key, String what) {
    return place.word(key).flatMap(word -> file(word, what));
  }

  private Optional<Path> file(Word word, String what) {
    try {
      Path file = folder.resolve(word.text());
      if (Files.isDirectory(file)) {
        problems.add(word.path(), "is a folder", "name the file of the " + what);
        return Optional.empty();
      }
      return Optional.of(file);
    } catch (InvalidPathException e) {
      problems.add(word.path(), "is not a path: " + e.getReason(), "");
      return Optional.empty();
    }
  }
}
