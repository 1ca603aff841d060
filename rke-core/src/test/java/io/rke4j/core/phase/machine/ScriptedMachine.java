package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.Stream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine that answers the scripts of this package as if they had run on it. */
final class ScriptedMachine implements NodeConnection {

  static final NodeSpec NODE =
      new NodeSpec(
          NodeName.of("w-1"),
          Set.of(Role.WORKER),
          new VirtualMachine(2, "4Gi", "20Gi"),
          Map.of(),
          List.of());

  static final String ADDRESS = "10.0.0.11";

  boolean exists = true;
  boolean installed;
  String socket = "";
  CommandResult outcome = new CommandResult(0, "");
  boolean unfinished;
  int looks;
  int open;
  final Map<String, String> files = new LinkedHashMap<>();
  final Map<String, String> modes = new LinkedHashMap<>();
  final List<List<String>> commands = new ArrayList<>();

  static ScriptedMachine withDocker() {
    ScriptedMachine machine = new ScriptedMachine();
    machine.installed = true;
    machine.socket = "usable";
    return machine;
  }

  MachineShell shell() {
    Machine machine =
        new Machine(
            NODE.name(),
            ADDRESS,
            ADDRESS,
            new SshAccess("rke", 22, new SshKey.Inline(Secret.of("key"))),
            "/var/run/docker.sock");
    return new MachineShell(
        node -> exists ? Optional.of(machine) : Optional.empty(),
        reached -> {
          open++;
          return this;
        });
  }

  @Override
  public String host() {
    return ADDRESS;
  }

  @Override
  public Stream openSocket(String path) throws IOException {
    return new Stream() {
      @Override
      public InputStream input() {
        return new ByteArrayInputStream(new byte[0]);
      }

      @Override
      public OutputStream output() {
        return OutputStream.nullOutputStream();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Stream openPort(String address, int port) throws IOException {
    throw new IOException("nobody listens");
  }

  @Override
  public String read(String script, List<String> arguments) {
    looks++;
    StringBuilder facts = new StringBuilder();
    if (installed) {
      facts.append("engine=present\n");
    }
    if (!socket.isEmpty()) {
      facts.append("socket=").append(socket).append('\n');
    }
    if (unfinished) {
      facts.append("setup=unfinished\n");
    }
    Map.of("settings", "daemon.json", "ca", "ca.pem", "certificate", "server.pem")
        .forEach(
            (key, name) -> {
              if (files.containsKey(name)) {
                facts.append(key).append('=').append(encoded(files.get(name))).append('\n');
              }
            });
    if (modes.containsKey("server-key.pem")) {
      facts.append("key=").append(modes.get("server-key.pem")).append(":0\n");
    }
    return facts.toString();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public CommandResult runAsRoot(
      String script, List<String> arguments, byte[] input, OperationContext context) {
    commands.add(arguments);
    if (outcome.succeeded()) {
      installed = true;
      socket = "usable";
      unfinished = false;
      new String(input, StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.equals("."))
          .forEach(this::place);
    }
    return outcome;
  }

  private void place(String line) {
    List<String> words = List.of(line.split(" ", -1));
    byte[] content = Base64.getDecoder().decode(words.get(2));
    files.put(words.get(0), new String(content, StandardCharsets.UTF_8));
    modes.put(words.get(0), words.get(1));
  }

  @Override
  public void close() {
    open--;
  }
}
