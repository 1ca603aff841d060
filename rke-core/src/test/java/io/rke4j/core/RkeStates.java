package io.rke4j.core;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rke4j.core.pki.CertificateBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What RKE writes of a cluster. */
public final class RkeStates {

  private RkeStates() {}

  /** Writes the state of a cluster of one node into a folder. */
  public static Path write(
      Path folder, String cluster, Map<String, Object> node, CertificateBundle certificates)
      throws IOException {
    Map<String, Object> bundle = new TreeMap<>();
    certificates
        .entries()
        .forEach(
            (name, entry) ->
                bundle.put(
                    name,
                    Map.of(
                        "certificatePEM", entry.certificatePem(), "keyPEM", entry.key().reveal())));
    Map<String, Object> config =
        Map.of(
            "clusterName",
            cluster,
            "kubernetesVersion",
            "v1.20.15-rancher2-1",
            "nodes",
            List.of(node));
    Path file = folder.resolve("cluster.rkestate");
    new JsonMapper()
        .writeValue(
            file.toFile(),
            Map.of("currentState", Map.of("rkeConfig", config, "certificatesBundle", bundle)));
    return file;
  }
}
