package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterFile;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.Provisioning;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.plan.Plan;
import io.rke4j.testkit.RecordingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A cluster on hosts of the lab: its folder, and the provisioner that works on it. */
final class LabCluster implements AutoCloseable {

  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

  private final Lab lab;
  private final Path folder;
  private final RecordingListener recorder = new RecordingListener();
  private final ClusterProvisioner provisioner;

  private LabCluster(Lab lab, Path folder, HostKeyPolicy hostKeys) {
    this.lab = lab;
    this.folder = folder;
    this.provisioner =
        ClusterProvisioner.builder()
            .stateDirectory(folder.resolve("state"))
            .hostKeys(hostKeys)
            .listener(recorder)
            .build();
  }

  /** With a folder of its own, and the lab's word for who its hosts are. */
  static LabCluster on(Lab lab) {
    return on(lab, new HostKeyPolicy.KnownHosts(lab.knownHosts()));
  }

  static LabCluster on(Lab lab, HostKeyPolicy hostKeys) {
    try {
      return new LabCluster(lab, Files.createTempDirectory("rke4j-lab-cluster"), hostKeys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a cluster.yml, in which {@code ${host1}} is an address and {@code ${key}} a file. */
  ClusterSpec read(String clusterFile) {
    return ClusterFile.read(write(clusterFile));
  }

  Path write(String clusterFile) {
    String text = clusterFile.replace("${key}", lab.key().toString());
    for (int number = 1; number <= lab.hosts().size(); number++) {
      text = text.replace("${host" + number + "}", lab.host(number).address());
    }
    try {
      return Files.writeString(folder.resolve("cluster.yml"), text, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ClusterProvisioner provisioner() {
    return provisioner;
  }

  CheckReport check(String clusterFile) {
    return provisioner.check(read(clusterFile));
  }

  Plan plan(String clusterFile) {
    return provisioner.plan(read(clusterFile));
  }

  /** There is nothing left to do. */
  void assertUpToDate(String clusterFile) {
    assertEmpty(plan(clusterFile));
  }

  static void assertEmpty(Plan plan) {
    assertThat(plan.isEmpty()).as(plan.render()).isTrue();
  }

  /** Plans, and does what was planned. */
  Cluster up(String clusterFile) {
    return apply(plan(clusterFile)).orElseThrow();
  }

  Optional<Cluster> apply(Plan plan) {
    long start = System.nanoTime();
    Provisioning run = provisioner.apply(plan);
    try {
      return run.await(LONGEST_RUN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (TimeoutException e) {
      run.cancel();
      throw new AssertionError("not over after " + LONGEST_RUN, e);
    } finally {
      System.out.printf(
          "%s %s: %.1f s%n",
          plan.goal(), plan.spec().name(), (System.nanoTime() - start) / 1_000_000_000.0);
    }
  }

  void remove(String clusterFile) {
    apply(provisioner.planRemoval(read(clusterFile)));
  }

  /** What was said of all runs. */
  RecordingListener recorder() {
    return recorder;
  }

  /** Its cluster.yml and its state. */
  Path folder() {
    return folder;
  }

  Path state() {
    return folder.resolve("state");
  }

  /** As administrator of the cluster. */
  Kubectl kubectl(Cluster cluster) {
    return Kubectl.of(cluster, folder);
  }

  @Override
  public void close() {
    provisioner.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
