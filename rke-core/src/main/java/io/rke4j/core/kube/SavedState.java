package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.WantedObjects.Wanted;
import java.util.List;
import java.util.Optional;

/**
 * The Secret in kube-system that holds the cluster's state, or says that it is too large for one.
 * Thread-safe.
 */
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

  /** Why a state is not saved, and what to do about it; empty if it can be saved. */
  public static Optional<String> refusal(Secret state) {
    int bytes = SecretData.size(state.reveal());
    return bytes <= SecretData.MOST_BYTES
        ? Optional.empty()
        : Optional.of(
            ("the state of this cluster has %d bytes, and a Secret of Kubernetes keeps no more than"
                    + " %d, so there is no copy of it in the cluster; keep one yourself, of the"
                    + " state directory or store")
                .formatted(bytes, SecretData.MOST_BYTES));
  }

  /** Whether that state is saved, or said to be too large. */
  public boolean holds(Secret state) {
    return read().equals(Optional.of(kept(state)));
  }

  private static Secret kept(Secret state) {
    return refusal(state).map(Secret::of).orElse(state);
  }

  /**
   * Saves a state in place of the last one; where it is the same, writes nothing. One that is too
   * large leaves word of that, so that nobody takes an older one for it.
   */
  public void save(Secret state) {
    ObjectNode secret = KubeJson.object("v1", "Secret", "kube-system", NAME);
    secret.put("type", "Opaque");
    SecretData.put(secret, NAME, kept(state).reveal());
    new WantedObjects(client, List.of(new Wanted(COLLECTION, secret))).apply();
  }
}
