package io.rke4j.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program of this machine that speaks to a simulated host, and was written by people who have
 * never heard of it. Whatever it starts as {@code ssh} knows the host and its key.
 *
 * @param name its name
 * @param host the host
 * @param folder for its files
 */
record Stranger(String name, SimulatedHost host, Path folder) {

  private static final int SECONDS = 60;

  /** What it said, and whether it was content. */
  record Said(int code, String text) {}

  /** Skips the test where there is no such program, or no ssh. */
  static Stranger named(String name, SimulatedHost host, Path folder) throws IOException {
    Optional<Path> ssh = find("ssh");
    assumeTrue(find(name).isPresent(), "there is no " + name + " on this machine");
    assumeTrue(ssh.isPresent(), "there is no ssh on this machine");
    Path key = folder.resolve("key");
    Files.writeString(key, host.privateKey());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(folder.resolve("known_hosts"), host.knownHostsLine() + "\n");
    Files.writeString(
        folder.resolve("config"),
        """
        Host *
          User %s
          Port %d
          IdentityFile %s
          IdentitiesOnly yes
          UserKnownHostsFile %s
          GlobalKnownHostsFile /dev/null
          StrictHostKeyChecking yes
          BatchMode yes
          # Clients that share a connection may miss the exit code of a command that ends at once.
          ControlPath none
        """
            .formatted(host.user(), host.port(), key, folder.resolve("known_hosts")));
    Path wrapper = Files.createDirectories(folder.resolve("bin")).resolve("ssh");
    Files.writeString(
        wrapper,
        "#!/bin/sh\nexec %s -F %s \"$@\"\n".formatted(ssh.orElseThrow(), folder.resolve("config")));
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
    return new Stranger(name, host, folder);
  }

  private static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(path)
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs it; standard output and errors come together. */
  Said run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(find(name).orElseThrow().toString()));
    switch (name) {
      case "ssh", "scp", "sftp" ->
          command.addAll(List.of("-F", folder.resolve("config").toString()));
      default -> {
        // It finds ssh on the path.
      }
    }
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "said", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder
        .environment()
        .put("DOCKER_HOST", "ssh://" + host.user() + "@" + host.address() + ":" + host.port());
    Process process = builder.start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(name + " does not end: " + Files.readString(output));
    }
    return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
