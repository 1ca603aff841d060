package io.rke4j.vsphere.internal.seed;

import io.rke4j.api.cluster.Secret;
import io.rke4j.vsphere.internal.json.Json;
import io.rke4j.vsphere.internal.keys.SshKeyPair;
import io.rke4j.vsphere.settings.Account;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What cloud-init does at the first boot. Where the user has a cloud-config of their own, both are
 * sent as a message of two parts, and cloud-init merges them: lists are appended, and what the user
 * has said stays. So nobody's comments, order or YAML dialect can get lost here.
 *
 * @param account the account to make
 * @param authorizedKeys public keys that may log in
 * @param hostKey the key by which the machine is known
 * @param cloudConfig the user's own; empty for none
 */
public record UserData(
    Account account, List<String> authorizedKeys, SshKeyPair hostKey, Secret cloudConfig) {

  private static final String BOUNDARY = "rke4j-boundary-of-user-data";

  /** Copies the keys. */
  public UserData {
    authorizedKeys = List.copyOf(authorizedKeys);
  }

  /** The text of the seed's file. It has a private key in it. */
  String text() {
    String own = "#cloud-config\n" + Json.write(config()) + "\n";
    String users = cloudConfig.reveal();
    if (users.isBlank()) {
      return own;
    }
    return "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\""
        + BOUNDARY
        + "\"\n\n"
        + part("user.yml", "", users)
        + part("rke4j.yml", "Merge-Type: list(append)+dict(no_replace,recurse_list)+str()\n", own)
        + "--"
        + BOUNDARY
        + "--\n";
  }

  private Map<String, Object> config() {
    String group = account.group();
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("name", account.user());
    user.put("sudo", "ALL=(ALL) NOPASSWD:ALL");
    user.put("shell", "/bin/bash");
    user.put("lock_passwd", true);
    user.put("create_groups", false);
    user.put("no_user_group", true);
    if (!group.isEmpty()) {
      user.put("groups", group);
    }
    user.put("ssh_authorized_keys", authorizedKeys);
    Map<String, Object> config = new LinkedHashMap<>();
    if (!group.isEmpty()) {
      config.put("groups", List.of(group));
    }
    config.put("users", List.of(user));
    // Those of the image go, so that the machine is known by this one alone.
    config.put("ssh_deletekeys", true);
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("ecdsa_private", hostKey.privateKey().reveal());
    keys.put("ecdsa_public", hostKey.publicKey() + " rke4j");
    config.put("ssh_keys", keys);
    // The disk was grown before the first boot: partition and file system follow.
    config.put("growpart", Map.of("mode", "auto", "devices", List.of("/")));
    config.put("resize_rootfs", true);
    return config;
  }

  /** In base64, so that no line of the text can look like the end of its part. */
  private static String part(String name, String header, String text) {
    return "--"
        + BOUNDARY
        + "\nContent-Type: text/cloud-config; charset=\"utf-8\"\n"
        + "Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\""
        + name
        + "\"\n"
        + header
        + "\n"
        + Base64.getMimeEncoder(76, new byte[] {'\n'})
            .encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "\n";
  }
}
