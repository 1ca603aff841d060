package io.rke4j.vsphere.internal.seed;

import io.rke4j.vsphere.internal.json.Json;
import io.rke4j.vsphere.settings.GuestAccess;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What cloud-init does at the first boot. Where the user has a cloud-config of their own, both are
 * sent as a message of two parts, and cloud-init merges them: lists are appended, and what the user
 * has said stays. So nobody's comments, order or YAML dialect can get lost here.
 */
final class UserData {

  private static final String BOUNDARY = "rke4j-boundary-of-user-data";

  private UserData() {}

  static String of(GuestAccess guest) {
    String own = "#cloud-config\n" + Json.write(config(guest)) + "\n";
    String users = guest.cloudConfig().reveal();
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

  private static Map<String, Object> config(GuestAccess guest) {
    String group = guest.group();
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("name", guest.ssh().user());
    user.put("sudo", "ALL=(ALL) NOPASSWD:ALL");
    user.put("shell", "/bin/bash");
    user.put("lock_passwd", true);
    user.put("create_groups", false);
    user.put("no_user_group", true);
    if (!group.isEmpty()) {
      user.put("groups", group);
    }
    user.put("ssh_authorized_keys", guest.authorizedKeys());
    Map<String, Object> config = new LinkedHashMap<>();
    if (!group.isEmpty()) {
      config.put("groups", List.of(group));
    }
    config.put("users", List.of(user));
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
