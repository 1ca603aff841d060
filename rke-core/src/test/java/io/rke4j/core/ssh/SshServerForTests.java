package io.rke4j.core.ssh;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.node.Machine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.forward.DefaultForwarderFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.ForwardingFilter;
import org.jspecify.annotations.Nullable;

/** A real SSH server in this process, with one user who has one key. */
final class SshServerForTests implements AutoCloseable {

  static final String USER = "somebody";

  private final SshServer server = SshServer.setUpDefaultServer();

  SshServerForTests(ForwardingFilter forwarding, PublicKey userKey, KeyPair... hostKeys)
      throws IOException {
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    server.setPublickeyAuthenticator(
        (user, key, session) -> user.equals(USER) && KeyUtils.compareKeys(key, userKey));
    server.setForwardingFilter(forwarding);
    server.setForwarderFactory(DefaultForwarderFactory.INSTANCE);
    server.start();
  }

  SshServer server() {
    return server;
  }

  int port() {
    return server.getPort();
  }

  /** The server as somebody with an inline key. */
  Machine machine(KeyPair key) throws IOException, GeneralSecurityException {
    return machine(new SshKey.Inline(Secret.of(openSsh(key, null))));
  }

  Machine machine(SshKey key) {
    return machine(port(), key);
  }

  static Machine machine(int port, SshKey key) {
    return new Machine(
        NodeName.of("test"), "127.0.0.1", "127.0.0.1", new SshAccess(USER, port, key), "/socket");
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  static KeyPair rsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  static KeyPair ecdsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** A private key as ssh-keygen writes it. */
  static String openSsh(KeyPair key, @Nullable String passphrase)
      throws IOException, GeneralSecurityException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
        key, "test", passphrase == null ? null : encryption(passphrase), text);
    return text.toString(StandardCharsets.UTF_8);
  }

  private static OpenSSHKeyEncryptionContext encryption(String passphrase) {
    OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
    encryption.setPassword(passphrase);
    encryption.setCipherType("128");
    return encryption;
  }

  /** A private key in PEM. */
  static String pem(KeyPair key) {
    String base64 =
        java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(key.getPrivate().getEncoded());
    return String.join(
        "\n", List.of("-----BEGIN PRIVATE KEY-----", base64, "-----END PRIVATE KEY-----", ""));
  }
}
