package io.rke4j.vsphere.internal.seed;

import io.rke4j.vsphere.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a machine finds in its CD-ROM drive: the files of cloud-init's data source NoCloud, in a
 * volume with the name {@code cidata}.
 *
 * @param instance identifies the machine; with a new one cloud-init takes it for a new machine
 * @param hostname the machine's name
 * @param user what cloud-init does at the first boot
 */
public record Seed(String instance, String hostname, UserData user) {

  /** The ISO image. */
  public byte[] image() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("meta-data", bytes(metaData()));
    files.put("user-data", bytes(user.text()));
    return IsoImage.of("cidata", files);
  }

  String metaData() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("instance-id", instance);
    data.put("local-hostname", hostname);
    return Json.write(data) + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
