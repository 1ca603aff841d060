package io.rke4j.core.builtin.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Keeps every cluster's document as Secret {@code cluster-<name>} in namespace {@code
 * rke4j-system}, which whoever may read Secrets there can read. The lease is a Lease of Kubernetes
 * of the cluster's name beside it; it stays, without a holder, as a lock file does.
 */
public final class KubernetesStateStore implements StateStore {

  /** Where the documents are. */
  public static final String NAMESPACE = "rke4j-system";

  private static final String KEY = "state";
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String SECRETS = NAMESPACES + "/" + NAMESPACE + "/secrets";
  private static final int ATTEMPTS = 5;
  private static final int CONFLICT = 409;

  private final KubeClient client;
  private final LeaseTiming timing;

  KubernetesStateStore(KubeClient client, LeaseTiming timing) {
    this.client = client;
    this.timing = timing;
  }

  /** A store in the cluster of a client, which stays the caller's to close. */
  public static KubernetesStateStore in(KubeClient client) {
    return new KubernetesStateStore(client, LeaseTiming.USUAL);
  }

  /** The name of the Secret with a cluster's document. */
  public static String secret(String cluster) {
    return "cluster-" + cluster;
  }

  @Override
  public Optional<Secret> load(String cluster) {
    return client.find(path(cluster)).map(KubernetesStateStore::document);
  }

  private static Secret document(ObjectNode secret) {
    byte[] bytes = Base64.getDecoder().decode(secret.path("data").path(KEY).asText());
    return Secret.of(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void save(String cluster, Secret document) {
    prepareNamespace();
    for (int attempt = 1; ; attempt++) {
      try {
        write(cluster, document);
        return;
      } catch (KubeApiException e) {
        // Somebody else labelled it, or an earlier request of ours came through after all.
        if (e.status() != CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void write(String cluster, Secret document) {
    Optional<ObjectNode> observed = client.find(path(cluster));
    ObjectNode secret = KubeJson.object("v1", "Secret", NAMESPACE, secret(cluster));
    secret.withObject("/metadata/labels").put("rke4j.io/cluster", cluster);
    secret.put("type", "rke4j.io/cluster-state");
    byte[] bytes = document.reveal().getBytes(StandardCharsets.UTF_8);
    secret.putObject("data").put(KEY, Base64.getEncoder().encodeToString(bytes));
    if (observed.isEmpty()) {
      client.create(SECRETS, secret);
    } else if (!KubeJson.holds(observed.get(), secret)) {
      KubeJson.overlay(observed.get(), secret);
      client.replace(path(cluster), observed.get());
    }
  }

  private void prepareNamespace() {
    if (client.find(NAMESPACES + "/" + NAMESPACE).isPresent()) {
      return;
    }
    try {
      client.create(NAMESPACES, KubeJson.object("v1", "Namespace", "", NAMESPACE));
    } catch (KubeApiException e) {
      if (e.status() != CONFLICT) {
        throw e;
      }
    }
  }

  @Override
  public void delete(String cluster) {
    client.delete(path(cluster));
  }

  @Override
  public Lease acquire(String cluster, Duration atMost) {
    prepareNamespace();
    return new LeaseQueue(new LeaseObject(client, NAMESPACE, cluster), timing).acquire(atMost);
  }

  private static String path(String cluster) {
    if (!cluster.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
      throw new IllegalArgumentException("'" + cluster + "' is not an RFC 1123 label");
    }
    return SECRETS + "/" + secret(cluster);
  }

  @Override
  public String toString() {
    return "state in namespace " + NAMESPACE + " of " + client.server();
  }
}
