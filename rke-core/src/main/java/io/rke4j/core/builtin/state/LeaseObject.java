package io.rke4j.core.builtin.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.spi.addon.KubeApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The Lease of one cluster, as an object of Kubernetes. Thread-safe. */
final class LeaseObject {

  private static final int CONFLICT = 409;
  private static final String HOLDER = "holderIdentity";

  /** Kubernetes wants exactly six digits. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubeClient client;
  private final String namespace;
  private final String cluster;

  LeaseObject(KubeClient client, String namespace, String cluster) {
    this.client = client;
    this.namespace = namespace;
    this.cluster = cluster;
  }

  /** What one look at it gave. */
  record Seen(ObjectNode object) {

    /** Who has it; empty if nobody. */
    String holder() {
      return object.path("spec").path(HOLDER).asText("");
    }

    /** Changes whenever it is written. */
    String version() {
      return object.at("/metadata/resourceVersion").asText();
    }
  }

  String cluster() {
    return cluster;
  }

  Optional<Seen> look() {
    return client.find(path()).map(Seen::new);
  }

  /** Writes a holder over what was seen; false if it has changed since. */
  boolean write(Optional<Seen> seen, String holder, Duration life) {
    ObjectNode lease =
        seen.map(Seen::object)
            .orElseGet(
                () -> KubeJson.object("coordination.k8s.io/v1", "Lease", namespace, cluster));
    boolean isRenewal = seen.map(Seen::holder).filter(holder::equals).isPresent();
    ObjectNode spec = lease.withObject("/spec");
    String now = TIME.format(Instant.now());
    spec.put(HOLDER, holder);
    spec.put("leaseDurationSeconds", Math.max(1, life.toSeconds())).put("renewTime", now);
    if (!isRenewal) {
      spec.put("acquireTime", now);
    }
    try {
      if (seen.isEmpty()) {
        client.create(collection(), lease);
      } else {
        client.replace(path(), lease);
      }
      return true;
    } catch (KubeApiException e) {
      if (e.status() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private String collection() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
  }

  private String path() {
    return collection() + "/" + cluster;
  }
}
