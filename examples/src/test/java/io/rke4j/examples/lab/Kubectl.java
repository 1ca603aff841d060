package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kubernetes' own command line, as administrator. */
record Kubectl(Path kubeconfig) {

  /** For this cluster, with its kubeconfig in a folder. */
  static Kubectl of(Cluster cluster, Path folder) {
    Path file = folder.resolve("kubeconfig");
    try {
      Files.writeString(file, cluster.kubeconfig().reveal(), StandardCharsets.UTF_8);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Kubectl(file);
  }

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

  /**
   * All that there is to know about an addon's pods, for the message of a test that waits for them.
   */
  String stateOf(String label) {
    return Stream.of(
            List.of("get", "pods", "--output", "wide", "--selector", label),
            List.of("get", "events", "--field-selector", "type=Warning"),
            List.of("logs", "--tail", "20", "--selector", label))
        .map(words -> command("--namespace", "kube-system").and(words.toArray(String[]::new)).run())
        .map(outcome -> outcome.output() + outcome.errors())
        .collect(Collectors.joining("\n"));
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
