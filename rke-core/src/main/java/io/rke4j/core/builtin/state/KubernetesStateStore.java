package io.rke4j.core.builtin.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.SecretData;
import io.rke4j.core.kube.WantedObjects;
import io.rke4j.core.kube.WantedObjects.Wanted;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.StateStore;
import io.rke4j.spi.state.StateStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps every cluster's document as Secret {@code cluster-<name>} in namespace {@code
 * rke4j-system}, which whoever may read Secrets there can read. The lease is a Lease of Kubernetes
 * of the cluster's name beside it; it stays, without a holder, as a lock file does. A document of
 * more than a mebibyte is refused.
 */
public final class KubernetesStateStore implements StateStore {

  /** Where the documents are. */
  public static final String NAMESPACE = "rke4j-system";

  private static final String KEY = "state";

  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String SECRETS = NAMESPACES + "/" + NAMESPACE + "/secrets";

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
    return client.find(path(cluster)).map(found -> Secret.of(SecretData.text(found, KEY)));
  }

  @Override
  public void save(String cluster, Secret document) {
    requireRoom(cluster, document);
    ObjectNode secret = KubeJson.object("v1", "Secret", NAMESPACE, checked(cluster));
    secret.withObject("/metadata/labels").put("rke4j.io/cluster", cluster);
    secret.put("type", "rke4j.io/cluster-state");
    SecretData.put(secret, KEY, document.reveal());
    new WantedObjects(client, List.of(namespace(), new Wanted(SECRETS, secret))).apply();
  }

  private static void requireRoom(String cluster, Secret document) {
    int bytes = SecretData.size(document.reveal());
    if (bytes > SecretData.MOST_BYTES) {
      throw new StateStoreException(
          "the state of cluster '%s' has %d bytes, and a Secret of Kubernetes keeps no more than %d"
              .formatted(cluster, bytes, SecretData.MOST_BYTES),
          "Keep it elsewhere: stateDirectory(path) or stateStore(store)",
          null);
    }
  }

  private static Wanted namespace() {
    return new Wanted(NAMESPACES, KubeJson.object("v1", "Namespace", "", NAMESPACE));
  }

  @Override
  public void delete(String cluster) {
    client.delete(path(cluster));
  }

  @Override
  public Lease acquire(String cluster, Duration atMost) {
    new WantedObjects(client, List.of(namespace())).apply();
    return new LeaseQueue(new LeaseObject(client, NAMESPACE, cluster), timing).acquire(atMost);
  }

  private static String path(String cluster) {
    return SECRETS + "/" + checked(cluster);
  }

  private static String checked(String cluster) {
    if (!cluster.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
      throw new IllegalArgumentException("'" + cluster + "' is not an RFC 1123 label");
    }
    return secret(cluster);
  }

  @Override
  public String toString() {
    return "state in namespace " + NAMESPACE + " of " + client.server();
  }
}
