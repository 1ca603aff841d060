package io.rke4j.core.config;

import io.rke4j.api.cluster.CertificateRenewal.Owner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.KubeApiBuilder;
import io.rke4j.core.config.Place.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads that keys are to be renewed. RKE does so in every run as long as the file says it; here all
 * are too old that were made before the file was read, which comes to the same.
 */
final class RenewalReader {

  private static final String CERTIFICATES = "rotate_certificates";
  private static final String ENCRYPTION_KEY = "rotate_encryption_key";

  private final Place root;
  private final FileProblems problems;
  private final Instant now;

  RenewalReader(Place root, FileProblems problems, Instant now) {
    this.root = root;
    this.problems = problems;
    this.now = now;
  }

  void read(ClusterSpec.Builder spec) {
    // RKE acts on the mere presence of the block.
    if (root.hasSection(CERTIFICATES)) {
      spec.renewCertificates(now, owners(root.section(CERTIFICATES)));
      noteThatItGoesOn(CERTIFICATES, "renews certificates");
    }
    if (root.truth(ENCRYPTION_KEY).orElse(false)) {
      encryptionKey(spec);
    }
  }

  private Owner[] owners(Place block) {
    List<Owner> owners = new ArrayList<>();
    for (Word word : block.words("services")) {
      Optional<Owner> owner =
          Stream.of(Owner.values()).filter(one -> one.key().equals(word.text())).findFirst();
      owner.ifPresentOrElse(owners::add, () -> unknown(word));
    }
    return owners.toArray(Owner[]::new);
  }

  /** RKE renews nothing for it, and restarts everything all the same. */
  private void unknown(Word word) {
    List<String> known = Stream.of(Owner.values()).map(Owner::key).collect(Collectors.toList());
    problems.add(
        word.path(),
        "'" + word.text() + "' has no certificates",
        "known are " + String.join(", ", known));
  }

  private void encryptionKey(ClusterSpec.Builder spec) {
    Place encryption =
        root.section("services").section("kube-api").section("secrets_encryption_config");
    if (encryption.truth("enabled").orElse(false)) {
      spec.services(s -> s.apiServer(this::renewKey));
      noteThatItGoesOn(ENCRYPTION_KEY, "replaces the key of Secrets");
    } else {
      problems.note(
          ENCRYPTION_KEY, "has no effect, since Secrets are not encrypted", "leave it out");
    }
  }

  private void renewKey(KubeApiBuilder apiServer) {
    apiServer.renewEncryptionKey(now);
  }

  private void noteThatItGoesOn(String key, String what) {
    problems.note(
        key,
        what + " each time that the file is read, as with RKE",
        "leave it out when it is done");
  }
}
