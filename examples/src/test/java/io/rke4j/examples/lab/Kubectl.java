package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Kubernetes' own command line, as administrator. */
record Kubectl(Path kubeconfig) {

  /** What it answers; an error if it fails. */
  String ask(String... words) {
    return command(words).output();
  }

  Command command(String... words) {
    return Command.of(Lab.kubectl().toString(), "--kubeconfig", kubeconfig.toString()).and(words);
  }

  /** Puts objects into the cluster. */
  void apply(String manifest) {
    try {
      Path file = Files.createTempFile("rke4j-lab", ".yml");
      Files.writeString(file, manifest, StandardCharsets.UTF_8);
      ask("apply", "--filename", file.toString());
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command in a pod writes. */
  String inPod(String pod, String... words) {
    return command("exec", pod, "--").and(words).output();
  }

  boolean exists(String... object) {
    return command("get").and(object).run().exitCode() == 0;
  }

  void assertNodesReady(int count) {
    List<String> ready =
        ask(
                "get",
                "nodes",
                "--output",
                "jsonpath={range .items[*]}{.status.conditions[?(@.type=='Ready')].status}{'\\n'}"
                    + "{end}")
            .lines()
            .toList();
    assertThat(ready).as("nodes that are ready").hasSize(count).containsOnly("True");
  }

  void awaitNodesReady(int count) {
    Eventually.within(Duration.ofSeconds(60), () -> assertNodesReady(count));
  }
}
