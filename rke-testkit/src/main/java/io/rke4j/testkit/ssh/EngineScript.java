package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.FileView;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The answer to the script by which a provisioner asks what a machine has of Docker Engine: lines
 * {@code key=value}.
 *
 * @param host who is asked
 */
record EngineScript(SshHost host) {

  /** Whether a script asks for that. */
  static boolean isMeant(String script) {
    return script.contains("echo engine=present") && script.contains("socket=usable");
  }

  /**
   * What the script would write.
   *
   * @param arguments the engine's socket
   */
  String answer(List<String> arguments) {
    StringBuilder lines = new StringBuilder("engine=present\n");
    FileView files = FileView.of(host.machine().files());
    if (arguments.stream().anyMatch(socket -> files.find(socket).isPresent())) {
      lines.append(host.mayUseDocker() ? "socket=usable\n" : "socket=denied\n");
    }
    files
        .text("/etc/docker/daemon.json")
        .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
        .ifPresent(settings -> lines.append("settings=").append(settings).append('\n'));
    return lines.toString();
  }
}
