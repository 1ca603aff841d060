package io.rke4j.core.ssh;

import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.node.LoginRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;
import org.jspecify.annotations.Nullable;

/** Who logs in where, with which key. */
record Login(String host, SshAccess access) {

  /** Host and port, for messages. */
  String target() {
    return host + ":" + access.port();
  }

  /** Reads the private key; the key itself is in no message. */
  KeyProvider key(SSHClient client) {
    String pem = pem();
    Passphrase passphrase = new Passphrase();
    try {
      KeyProvider key = client.loadKeys(pem, null, passphrase);
      key.getPrivate();
      return key;
    } catch (IOException | RuntimeException e) {
      // What the parser says may quote the key, so it is not passed on.
      throw rejected(
          passphrase.wanted
              ? "it is encrypted; give an unencrypted copy"
              : "it is no private key in OpenSSH form, nor an RSA or ECDSA key in PEM",
          null);
    }
  }

  LoginRejectedException rejected(String why, @Nullable Throwable cause) {
    return new LoginRejectedException(target(), access.user(), keyName(), why, cause);
  }

  private String pem() {
    if (access.key() instanceof SshKey.Inline inline) {
      return inline.pem().reveal();
    }
    Path file = file((SshKey.FromFile) access.key());
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw rejected("there is no such file", e);
    } catch (IOException e) {
      throw rejected("the file cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private String keyName() {
    return access.key() instanceof SshKey.FromFile fromFile
        ? "the key " + file(fromFile)
        : "the given key";
  }

  private static Path file(SshKey.FromFile key) {
    Path path = key.path();
    boolean atHome = path.getNameCount() > 1 && path.startsWith("~");
    return atHome
        ? Path.of(System.getProperty("user.home")).resolve(path.subpath(1, path.getNameCount()))
        : path;
  }

  /** Has none, but notices that one is wanted. */
  private static final class Passphrase implements PasswordFinder {
    private boolean wanted;

    @Override
    public char[] reqPassword(Resource<?> resource) {
      wanted = true;
      return new char[0];
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
      return false;
    }
  }
}
