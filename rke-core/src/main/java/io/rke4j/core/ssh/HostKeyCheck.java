package io.rke4j.core.ssh;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.spi.node.HostKeyException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Checks the key of one host by one policy, and keeps why it was refused. */
final class HostKeyCheck implements HostKeyVerifier {

  private final HostKeyPolicy policy;
  private final Login.Way way;
  private final List<String> known;
  private volatile @Nullable HostKeyException refusal;
  private volatile @Nullable PublicKey accepted;

  HostKeyCheck(HostKeyPolicy policy, Login.Way way) {
    this(policy, way, List.of());
  }

  /** The known keys, if there are any, overrule the policy. */
  HostKeyCheck(HostKeyPolicy policy, Login.Way way, List<String> known) {
    this.policy = policy;
    this.way = way;
    this.known = List.copyOf(known);
  }

  /** Why the host was refused, if it was. */
  Optional<HostKeyException> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public boolean verify(String host, int port, PublicKey key) {
    // Asked again whenever session keys are renewed; the file may have gone meanwhile.
    if (key.equals(accepted)) {
      return true;
    }
    refusal = judge(host, port, key);
    if (refusal == null) {
      accepted = key;
    }
    return refusal == null;
  }

  @Override
  public List<String> findExistingAlgorithms(String host, int port) {
    try {
      if (!known.isEmpty()) {
        return known(host, port).algorithms(host, port);
      }
      return file().isPresent()
          ? KnownHostsFile.read(file().get()).algorithms(host, port)
          : List.of();
    } catch (IOException e) {
      // verify() meets the same failure and reports it.
      return List.of();
    }
  }

  private @Nullable HostKeyException judge(String host, int port, PublicKey key) {
    if (!known.isEmpty()) {
      return judgeKnown(host, port, key);
    }
    if (policy instanceof HostKeyPolicy.Pinned pinned) {
      return judgePinned(pinned, host, port, key);
    }
    Path file = file().orElseThrow();
    Refusals refusals = new Refusals(host, port, key, file.toString(), way);
    try {
      return switch (verdict(file, host, port, key)) {
        case TRUSTED -> null;
        case UNKNOWN -> refusals.unknown();
        case CHANGED -> refusals.changed();
        case REVOKED -> refusals.revoked();
      };
    } catch (IOException e) {
      return refusals.unchecked(e);
    }
  }

  private @Nullable HostKeyException judgeKnown(String host, int port, PublicKey key) {
    Refusals refusals = new Refusals(host, port, key, "the node driver", way);
    try {
      return known(host, port).judge(host, port, key) == KnownHostsFile.Verdict.TRUSTED
          ? null
          : refusals.notTheDrivers();
    } catch (IOException e) {
      return refusals.unchecked(e);
    }
  }

  private KnownHostsFile known(String host, int port) throws IOException {
    String name = KnownHostsFile.hostName(host, port);
    return KnownHostsFile.parse(
        known.stream().map(key -> name + " " + key + "\n").collect(Collectors.joining()));
  }

  private KnownHostsFile.Verdict verdict(Path file, String host, int port, PublicKey key)
      throws IOException {
    return policy instanceof HostKeyPolicy.TrustOnFirstUse
        ? TrustFile.judgeOrAdd(file, host, port, key)
        : KnownHostsFile.read(file).judge(host, port, key);
  }

  private @Nullable HostKeyException judgePinned(
      HostKeyPolicy.Pinned pinned, String host, int port, PublicKey key) {
    Refusals refusals = new Refusals(host, port, key, "HostKeyPolicy.Pinned", way);
    String expected = pinned.fingerprints().get(KnownHostsFile.hostName(host, port));
    if (expected == null) {
      return refusals.notPinned();
    }
    return expected.equals(KnownHostsFile.fingerprint(key)) ? null : refusals.notAsPinned(expected);
  }

  private Optional<Path> file() {
    if (policy instanceof HostKeyPolicy.KnownHosts known) {
      return Optional.of(known.file());
    }
    return policy instanceof HostKeyPolicy.TrustOnFirstUse first
        ? Optional.of(first.file())
        : Optional.empty();
  }

  /** The words for each way to be refused. */
  private record Refusals(String host, int port, PublicKey key, String source, Login.Way way) {

    HostKeyException unknown() {
      return refuse(
          "which nobody vouches for: " + source + " does not have this host",
          "If the host itself prints this fingerprint (ssh-keygen -lf "
              + "/etc/ssh/ssh_host_"
              + shortType()
              + "_key.pub), vouch for it with '"
              + throughBastion()
              + "ssh-keyscan -t "
              + shortType()
              + " -p "
              + port
              + " "
              + host
              + " >> "
              + source
              + "', or pin the fingerprint with HostKeyPolicy.Pinned");
    }

    HostKeyException changed() {
      return refuse(
          "another one than " + source + " has for it",
          "This may be an attack: somebody may be between you and the host. Only if you know that"
              + " the host was set up anew, forget its old key with 'ssh-keygen -R \""
              + KnownHostsFile.hostName(host, port)
              + "\" -f "
              + source
              + "' and vouch for the new one");
    }

    HostKeyException revoked() {
      return refuse(
          "which " + source + " declares revoked",
          "Somebody else may have the host's private key. Give the host a new one");
    }

    HostKeyException unchecked(IOException e) {
      return refuse(
          "which cannot be checked: " + source + " (" + e + ")",
          "Make the file readable, and writable if hosts are to be trusted on first use");
    }

    HostKeyException notPinned() {
      return refuse(
          "and no fingerprint is pinned for " + KnownHostsFile.hostName(host, port),
          "If the host itself prints this fingerprint (ssh-keygen -lf /etc/ssh/ssh_host_"
              + shortType()
              + "_key.pub), pin it with HostKeyPolicy.Pinned");
    }

    HostKeyException notAsPinned(String expected) {
      return refuse(
          "but " + expected + " is pinned for it",
          "This may be an attack, or the fingerprint of another of the host's keys. Change the pin"
              + " only if the host itself prints this fingerprint (ssh-keygen -lf)");
    }

    HostKeyException notTheDrivers() {
      return refuse(
          "but the node driver that made the machine knows another one",
          "This may be an attack: somebody may be between you and the machine. If the machine was"
              + " set up anew, have its driver make it anew");
    }

    private HostKeyException refuse(String why, String hint) {
      return new HostKeyException(
          way.role() + host + ":" + port, KnownHostsFile.fingerprint(key), why, hint);
    }

    private String throughBastion() {
      return way.bastion().isEmpty() ? "" : "ssh " + way.bastionHost() + " ";
    }

    private String shortType() {
      return switch (KeyType.fromKey(key)) {
        case RSA -> "rsa";
        case ED25519 -> "ed25519";
        default -> "ecdsa";
      };
    }
  }
}
