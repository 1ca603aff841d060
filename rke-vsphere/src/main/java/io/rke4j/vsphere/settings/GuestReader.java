package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads of a node template what is about the guest. */
final class GuestReader {

  private final TemplateValues values;

  GuestReader(TemplateValues values) {
    this.values = values;
  }

  GuestAccess read(String cluster) {
    int port = values.number(TemplateKey.SSH_PORT, 1, 65535);
    Account account =
        new Account(
            values.text(TemplateKey.SSH_USER).strip(),
            values.text(TemplateKey.SSH_USER_GROUP).strip(),
            port);
    LoginKey made = new LoginKey.Made(List.of());
    LoginKey login = values.make(TemplateKey.SSH_AUTHORIZED_KEY, made, () -> login(made));
    Duration timeout = Duration.ofSeconds(values.number(TemplateKey.ADDRESS_TIMEOUT, 1, 86400));
    Duration shutdown = Duration.ofSeconds(values.number(TemplateKey.GRACEFUL_SHUTDOWN, 0, 86400));
    Path folder = keyFolder(cluster);
    Secret cloudConfig = Secret.of(values.text(TemplateKey.CLOUD_CONFIG));
    return values.make(
        TemplateKey.CLOUD_CONFIG,
        new GuestAccess(account, login, folder, Secret.of(""), timeout, shutdown),
        () -> new GuestAccess(account, login, folder, cloudConfig, timeout, shutdown));
  }

  private Path keyFolder(String cluster) {
    return values.has(TemplateKey.KEY_FOLDER)
        ? Path.of(values.text(TemplateKey.KEY_FOLDER).strip())
        : Path.of(System.getProperty("user.home", ""), ".rke4j", "vsphere", cluster);
  }

  private LoginKey login(LoginKey standIn) {
    List<String> given = values.list(TemplateKey.SSH_AUTHORIZED_KEY);
    if (!values.has(TemplateKey.SSH_KEY_PATH)) {
      return new LoginKey.Made(given);
    }
    Path file = Path.of(values.text(TemplateKey.SSH_KEY_PATH).strip());
    if (!given.isEmpty()) {
      return new LoginKey.Given(SshKey.file(file), given);
    }
    Path publicFile = Path.of(file + ".pub");
    try {
      return new LoginKey.Given(
          SshKey.file(file),
          Files.readAllLines(publicFile).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList());
    } catch (IOException e) {
      values.problem(
          TemplateKey.SSH_AUTHORIZED_KEY.key(),
          "is missing, and " + publicFile + " cannot be read",
          "give the public key");
      return standIn;
    }
  }
}
