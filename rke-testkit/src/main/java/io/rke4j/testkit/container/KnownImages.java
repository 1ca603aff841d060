package io.rke4j.testkit.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What images bring to their containers by themselves, as far as anybody looks at it. */
final class KnownImages {

  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Map<String, List<String>> COMMANDS =
      Map.of(
          "mirrored-coreos-etcd", List.of("/usr/local/bin/etcd"),
          "rke-tools", List.of("/bin/bash"),
          "hyperkube", List.of("/bin/bash"),
          "mirrored-pause", List.of("/pause"));

  private KnownImages() {}

  static ObjectNode config(String repository) {
    String name = repository.substring(repository.lastIndexOf('/') + 1);
    ObjectNode config = Json.object();
    config.put("User", "");
    config.set("Env", Json.array(List.of(PATH)));
    config.set("Cmd", Json.array(COMMANDS.getOrDefault(name, List.of("/bin/sh"))));
    config.putNull("Entrypoint");
    config.put("WorkingDir", "");
    config.putNull("Labels");
    if (name.equals("rke-tools")) {
      config.putObject("Volumes").putObject("/opt/rke-tools");
    } else {
      config.putNull("Volumes");
    }
    return config;
  }
}
