package io.rke4j.testkit.kube;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real kubectl, run as a program. */
final class Kubectl {

  private final Path program;
  private final Path folder;

  /** What it said, and whether it was content. */
  record Said(int code, String text) {}

  Kubectl(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** The kubectl of this machine: on the path, or where the lab keeps the one it built. */
  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    String cache =
        Optional.ofNullable(System.getenv("RKE4J_LAB_CACHE"))
            .orElse(System.getProperty("user.home") + "/.cache/rke4j-lab");
    return Stream.concat(
            Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(path),
            Stream.of(cache + "/bin"))
        .map(folder -> Path.of(folder, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs it; standard output and errors come together. */
  Said run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    // Its cache of what is served must not outlive the server.
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectOutput(output.toFile()).start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("kubectl does not end: " + Files.readString(output));
    }
    return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
