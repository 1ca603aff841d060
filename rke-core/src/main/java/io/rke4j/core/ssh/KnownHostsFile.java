package io.rke4j.core.ssh;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts.KnownHostEntry;

/** What a file in OpenSSH's known_hosts format says of hosts. */
final class KnownHostsFile {

  /** What a file says of one host's key. */
  enum Verdict {
    TRUSTED,
    UNKNOWN,
    CHANGED,
    REVOKED
  }

  private final OpenSSHKnownHosts hosts;

  private KnownHostsFile(OpenSSHKnownHosts hosts) {
    this.hosts = hosts;
  }

  /** Reads a file; one that is not there knows nobody. */
  static KnownHostsFile read(Path file) throws IOException {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return parse("");
    }
  }

  static KnownHostsFile parse(String text) throws IOException {
    return new KnownHostsFile(new OpenSSHKnownHosts(new StringReader(text)));
  }

  Verdict judge(String host, int port, PublicKey key) throws IOException {
    String name = hostName(host, port);
    boolean known = false;
    boolean trusted = false;
    for (KnownHostEntry entry : hosts.entries()) {
      if (!entry.appliesTo(name)) {
        continue;
      }
      if (entry.getLine().startsWith("@revoked")) {
        if (entry.getFingerprint().equals(SecurityUtils.getFingerprint(key))) {
          return Verdict.REVOKED;
        }
      } else {
        known |= !entry.getLine().startsWith("@cert-authority");
        trusted |= entry.verify(key);
      }
    }
    return trusted ? Verdict.TRUSTED : known ? Verdict.CHANGED : Verdict.UNKNOWN;
  }

  /**
   * The algorithms for which the host's key is known. The host is asked for these first: otherwise
   * it shows its favourite key, which need not be the known one.
   */
  List<String> algorithms(String host, int port) {
    List<String> algorithms = new ArrayList<>(hosts.findExistingAlgorithms(host, port));
    if (algorithms.contains(KeyType.RSA.toString())) {
      // The same key, signed without SHA-1.
      algorithms.add("rsa-sha2-512");
      algorithms.add("rsa-sha2-256");
    }
    return algorithms;
  }

  /** A host as the file writes it. */
  static String hostName(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return port == 22 ? name : "[" + name + "]:" + port;
  }

  /** A line that makes a host known. */
  static String line(String host, int port, PublicKey key) {
    return hostName(host, port)
        + " "
        + KeyType.fromKey(key)
        + " "
        + Base64.getEncoder().encodeToString(blob(key));
  }

  /** A key's fingerprint as OpenSSH prints it. */
  static String fingerprint(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob(key));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] blob(PublicKey key) {
    return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
  }
}
