package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.WantedObjects.Wanted;
import java.util.List;
import java.util.Optional;

/** The Secret in kube-system that holds the cluster's state. Thread-safe. */
public final class SavedState {

  private static final String NAME = "full-cluster-state";
  private static final String COLLECTION = "/api/v1/namespaces/kube-system/secrets";
  private static final String PATH = COLLECTION + "/" + NAME;

  private final KubeClient client;

  SavedState(KubeClient client) {
    this.client = client;
  }

  /** What was saved last; empty if nothing was. */
  public Optional<Secret> read() {
    return client
        .find(PATH)
        .map(secret -> SecretData.text(secret, NAME))
        .filter(text -> !text.isEmpty())
        .map(Secret::of);
  }

  /** Saves a state in place of the last one; where it is the same, writes nothing. */
  public void save(Secret state) {
    ObjectNode secret = KubeJson.object("v1", "Secret", "kube-system", NAME);
    secret.put("type", "Opaque");
    SecretData.put(secret, NAME, state.reveal());
    new WantedObjects(client, List.of(new Wanted(COLLECTION, secret))).apply();
  }
}
