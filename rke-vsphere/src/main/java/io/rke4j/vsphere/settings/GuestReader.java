package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads of a node template what is about the guest. */
final class GuestReader {

  private static final String NO_KEY = "ssh-none none";

  private final TemplateValues values;

  GuestReader(TemplateValues values) {
    this.values = values;
  }

  GuestAccess read() {
    Path keyFile = Path.of(values.required(TemplateKey.SSH_KEY_PATH, "none"));
    int port = values.number(TemplateKey.SSH_PORT, 1, 65535);
    SshAccess ssh =
        new SshAccess(values.text(TemplateKey.SSH_USER).strip(), port, SshKey.file(keyFile));
    String group = values.text(TemplateKey.SSH_USER_GROUP).strip();
    Duration timeout = Duration.ofSeconds(values.number(TemplateKey.ADDRESS_TIMEOUT, 1, 86400));
    Secret cloudConfig = Secret.of(values.text(TemplateKey.CLOUD_CONFIG));
    List<String> keys = publicKeys(keyFile);
    GuestAccess standIn = GuestAccess.of(ssh, NO_KEY);
    TemplateKey place =
        cloudConfig.reveal().startsWith("#!")
            ? TemplateKey.CLOUD_CONFIG
            : TemplateKey.SSH_AUTHORIZED_KEY;
    return values.make(
        place, standIn, () -> new GuestAccess(ssh, group, keys, cloudConfig, timeout));
  }

  private List<String> publicKeys(Path keyFile) {
    List<String> given = values.list(TemplateKey.SSH_AUTHORIZED_KEY);
    if (!given.isEmpty() || !values.has(TemplateKey.SSH_KEY_PATH)) {
      return given.isEmpty() ? List.of(NO_KEY) : given;
    }
    Path file = Path.of(keyFile + ".pub");
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      values.problem(
          TemplateKey.SSH_AUTHORIZED_KEY.key(),
          "is missing, and " + file + " cannot be read",
          "give the public key");
      return List.of(NO_KEY);
    }
  }
}
