package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import java.util.Optional;

/** The Secret in kube-system with the password of the network plugin. Thread-safe. */
public final class NetworkPassword {

  private static final String KEY = "password";
  private static final String COLLECTION = "/api/v1/namespaces/kube-system/secrets";
  private static final String DAEMON_SETS = "/apis/apps/v1/namespaces/kube-system/daemonsets/";

  private final KubeClient client;
  private final String name;

  NetworkPassword(KubeClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The password; empty if there is none. */
  public Optional<Secret> read() {
    return client
        .find(path())
        .map(secret -> SecretData.text(secret, KEY))
        .filter(text -> !text.isEmpty())
        .map(Secret::of);
  }

  /**
   * Saves a password. Where it replaces another one, the plugin's pods are replaced, too, since
   * they read it when they start.
   *
   * @param daemonSet the plugin's
   */
  public void save(Secret password, String daemonSet) {
    Optional<ObjectNode> observed = client.find(path());
    ObjectNode secret = KubeJson.object("v1", "Secret", "kube-system", name);
    secret.put("type", "Opaque");
    SecretData.put(secret, KEY, password.reveal());
    if (observed.isEmpty()) {
      client.create(COLLECTION, secret);
    } else if (!KubeJson.holds(observed.get(), secret)) {
      ObjectNode saved = client.merge(path(), secret);
      restart(DAEMON_SETS + daemonSet, saved.at("/metadata/resourceVersion").asText());
    }
  }

  private void restart(String daemonSet, String version) {
    if (client.find(daemonSet).isPresent()) {
      ObjectNode patch = KubeJson.object();
      patch
          .withObject("/spec/template/metadata/annotations")
          .put("rke4j.io/password-version", version);
      client.merge(daemonSet, patch);
    }
  }

  /** Deletes it. */
  public void delete() {
    client.delete(path());
  }

  private String path() {
    return COLLECTION + "/" + name;
  }
}
