package io.rke4j.examples;

import static io.rke4j.api.cluster.Role.CONTROL_PLANE;
import static io.rke4j.api.cluster.Role.ETCD;
import static io.rke4j.api.cluster.Role.WORKER;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.vsphere.VsphereDriver;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** A highly available cluster on machines of vSphere, from nothing. */
public final class VsphereHaCluster {

  private VsphereHaCluster() {}

  /** Give it a file of the keys of docs/vsphere.md, one {@code key=value} on each line. */
  public static void main(String[] words)
      throws IOException, InterruptedException, TimeoutException {
    System.out.println(
        "up at " + build(template(Path.of(words[0])), 5, Path.of("state")).endpoint());
  }

  static Map<String, String> template(Path file) throws IOException {
    Properties keys = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      keys.load(text);
    }
    Map<String, String> template = new TreeMap<>();
    keys.stringPropertyNames().forEach(key -> template.put(key, keys.getProperty(key)));
    return template;
  }

  // tag::vsphere[]
  static ClusterSpec spec(int workers) {
    return ClusterSpec.named("prod")
        .kubernetes("v1.20.15-rancher2-1")
        .pool("master", 3, n -> n.machine(4, "8Gi", "40Gi").roles(ETCD, CONTROL_PLANE))
        .pool("worker", workers, n -> n.machine(8, "32Gi", "100Gi").roles(WORKER))
        .docker(d -> d.install("20.10")) // on machines that have none
        .build();
  }

  static Cluster build(Map<String, String> template, int workers, Path state)
      throws InterruptedException, TimeoutException {
    try (VsphereDriver vsphere = VsphereDriver.connect(VsphereSettings.fromRancher(template));
        ClusterProvisioner rke =
            ClusterProvisioner.builder().nodeDriver(vsphere).stateDirectory(state).build()) {
      // With another number of workers the pool grows or shrinks.
      return rke.apply(rke.plan(spec(workers))).await(Duration.ofHours(1)).orElseThrow();
    }
  }
  // end::vsphere[]
}
