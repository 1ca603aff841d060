package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import java.util.Optional;

/** The Secret in kube-system with the password of the network plugin. Thread-safe. */
public final class NetworkPassword {

  private static final String KEY = "password";
  private static final String PENDING = "rke4j.io/restart-pending";
  private static final String COLLECTION = "/api/v1/namespaces/kube-system/secrets";
  private static final String DAEMON_SETS = "/apis/apps/v1/namespaces/kube-system/daemonsets/";

  private final KubeClient client;
  private final String name;

  NetworkPassword(KubeClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /**
   * A password that is there.
   *
   * @param isInUse whether the plugin's pods were replaced since it replaced another one
   */
  public record Kept(Secret password, boolean isInUse) {}

  /** The password; empty if there is none. */
  public Optional<Kept> read() {
    return client
        .find(path())
        .filter(secret -> !SecretData.text(secret, KEY).isEmpty())
        .map(
            secret -> new Kept(Secret.of(SecretData.text(secret, KEY)), !isRestartPending(secret)));
  }

  private static boolean isRestartPending(JsonNode secret) {
    return secret.path("metadata").path("annotations").has(PENDING);
  }

  /**
   * Saves a password. Where it replaces another one, the plugin's pods are replaced, too, since
   * they read it when they start. Until they are, that is noted on the Secret, so that a run after
   * one that was cut off does it.
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
      secret.withObject("/metadata/annotations").put(PENDING, "true");
      replacePods(client.merge(path(), secret), daemonSet);
    } else if (isRestartPending(observed.get())) {
      replacePods(observed.get(), daemonSet);
    }
  }

  private void replacePods(JsonNode secret, String daemonSet) {
    restart(DAEMON_SETS + daemonSet, secret.at("/metadata/resourceVersion").asText());
    ObjectNode done = KubeJson.object();
    done.withObject("/metadata/annotations").putNull(PENDING);
    client.merge(path(), done);
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
