package io.rke4j.examples.lab;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A host of the lab.
 *
 * @param name its own name, and that of the container it is
 * @param address where its sshd listens
 */
record LabHost(String name, String address) {

  /** What a shell script on the host writes; an error if it fails. */
  String shell(String script) {
    return command(script).output();
  }

  /** A shell script on the host, to be run. */
  Command command(String script) {
    return Command.of("docker", "exec", name, "sh", "-c", script);
  }

  /** The containers on the host, running or not, by name, with their ids. */
  Map<String, String> containers() {
    Map<String, String> ids = new TreeMap<>();
    for (String line : lines("docker ps --all --no-trunc --format '{{.Names}} {{.ID}}'")) {
      String[] words = line.split(" ", 2);
      ids.put(words[0], words[1]);
    }
    return ids;
  }

  List<String> lines(String script) {
    return shell(script).lines().toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
