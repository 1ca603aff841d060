package io.rke4j.core.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyFileUtil;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshCertificate;
import io.rke4j.api.cluster.SshKey;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;
import org.jspecify.annotations.Nullable;

/** Turns what a login has into ways to log in; keys and passphrases are in no message. */
record KeyReader(Login login, KeyParts parts) {

  private static final String AGENT_SOCKET = "SSH_AUTH_SOCK";
  private static final int OF_A_USER = 1;

  /** What is to open the host, for messages. */
  static String name(SshKey key) {
    KeyParts parts = KeyParts.of(key);
    String certified = parts.certificate().isPresent() ? " and its certificate" : "";
    if (parts.key() instanceof SshKey.Agent agent) {
      return "the keys of the SSH agent at " + socket(agent).orElse(AGENT_SOCKET);
    }
    return parts.key() instanceof SshKey.FromFile file
        ? "the key " + resolved(file.path()) + certified
        : "the given key" + certified;
  }

  List<AuthMethod> methods(SSHClient client) {
    return parts.key() instanceof SshKey.Agent agent
        ? agentMethods(agent)
        : List.of(method(client));
  }

  private List<AuthMethod> agentMethods(SshKey.Agent agent) {
    String socket =
        socket(agent)
            .orElseThrow(
                () ->
                    login.rejected(
                        AGENT_SOCKET + " is not set; start an agent, and this program below it",
                        null));
    try {
      List<Identity> identities = new SshAgent(Path.of(socket)).identities();
      if (identities.isEmpty()) {
        throw login.rejected("the agent has none; add one with ssh-add", null);
      }
      return identities.stream().<AuthMethod>map(IdentityAuth::new).toList();
    } catch (IOException e) {
      throw login.rejected("no agent answers there (" + e.getMessage() + ")", e);
    }
  }

  private static Optional<String> socket(SshKey.Agent agent) {
    return Optional.of(agent.socket())
        .filter(socket -> !socket.isEmpty())
        .or(() -> Optional.ofNullable(System.getenv(AGENT_SOCKET)).filter(s -> !s.isEmpty()));
  }

  private AuthMethod method(SSHClient client) {
    KeyProvider key = key(client);
    if (parts.certificate().isEmpty()) {
      return new AuthPublickey(key);
    }
    String line = line(parts.certificate().get());
    Certificate<?> certificate = certificate(line);
    if (KeyType.fromKey(certificate) != KeyType.RSA_CERT) {
      return new AuthPublickey(new CertifiedKey(key, certificate));
    }
    try {
      byte[] blob = Base64.getDecoder().decode(line.split("\\s+", 3)[1]);
      return new IdentityAuth(new CertifiedRsa(key.getPrivate(), blob));
    } catch (IOException e) {
      throw login.rejected("it cannot be read", null);
    }
  }

  /** Reads the private key. */
  private KeyProvider key(SSHClient client) {
    Passphrase passphrase = new Passphrase(parts.passphrase());
    String pem = pem();
    try {
      KeyProvider key = client.loadKeys(pem, null, passphrase);
      key.getPrivate();
      return key;
    } catch (IOException | RuntimeException e) {
      // What the parser says may quote the key, so it is not passed on.
      throw login.rejected(why(passphrase), null);
    }
  }

  private String why(Passphrase passphrase) {
    if (!passphrase.wanted) {
      return "it is no private key in OpenSSH form, nor an RSA or ECDSA key in PEM";
    }
    return parts.passphrase().isPresent()
        ? "it is encrypted with another passphrase than the given one"
        : "it is encrypted; give its passphrase with SshKey.encryptedWith, or put it into an SSH"
            + " agent and set ssh_agent_auth";
  }

  private String pem() {
    return parts.key() instanceof SshKey.FromFile file
        ? text(file.path())
        : ((SshKey.Inline) parts.key()).pem().reveal();
  }

  private String line(SshCertificate certificate) {
    return (certificate instanceof SshCertificate.FromFile file
            ? text(file.path())
            : ((SshCertificate.Inline) certificate).line())
        .strip();
  }

  private Certificate<?> certificate(String line) {
    Certificate<?> certificate = parsed(line);
    if (certificate == null) {
      throw login.rejected("the certificate is none in OpenSSH's form", null);
    }
    if (certificate.getType() != OF_A_USER) {
      throw login.rejected("the certificate is one of a host, not of a user", null);
    }
    Instant from = certificate.getValidAfter().toInstant();
    Instant until = certificate.getValidBefore().toInstant();
    if (Instant.now().isBefore(from) || Instant.now().isAfter(until)) {
      throw login.rejected(
          "the certificate '%s' is valid from %s to %s only"
              .formatted(certificate.getId(), from, until),
          null);
    }
    return certificate;
  }

  private static @Nullable Certificate<?> parsed(String line) {
    try {
      return OpenSSHKeyFileUtil.initPubKey(new StringReader(line + "\n")).getPubKey()
              instanceof Certificate<?> certificate
          ? certificate
          : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private String text(Path path) {
    Path file = resolved(path);
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw login.rejected("there is no such file as " + file, e);
    } catch (IOException e) {
      throw login.rejected(
          "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static Path resolved(Path path) {
    boolean atHome = path.getNameCount() > 1 && path.startsWith("~");
    return atHome
        ? Path.of(System.getProperty("user.home")).resolve(path.subpath(1, path.getNameCount()))
        : path;
  }

  /** A key that is shown as its certificate. */
  private record CertifiedKey(KeyProvider key, PublicKey certificate) implements KeyProvider {
    @Override
    public PrivateKey getPrivate() throws IOException {
      return key.getPrivate();
    }

    @Override
    public PublicKey getPublic() {
      return certificate;
    }

    @Override
    public KeyType getType() {
      return KeyType.fromKey(certificate);
    }
  }

  /** The given one, and whether it was wanted. */
  private static final class Passphrase implements PasswordFinder {
    private final Optional<Secret> given;
    private boolean wanted;

    Passphrase(Optional<Secret> given) {
      this.given = given;
    }

    @Override
    public char[] reqPassword(Resource<?> resource) {
      wanted = true;
      return given.map(secret -> secret.reveal().toCharArray()).orElseGet(() -> new char[0]);
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
      return false;
    }
  }
}
