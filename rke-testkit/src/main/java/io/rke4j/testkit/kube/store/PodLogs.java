package io.rke4j.testkit.kube.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the containers of pods have written. Thread-safe. */
public final class PodLogs {

  private final Map<String, String> texts = new ConcurrentHashMap<>();

  PodLogs() {}

  /**
   * Adds to a container's log.
   *
   * @param pod the pod's identity
   */
  public void append(String pod, String container, String text) {
    texts.merge(pod + "/" + container, text, String::concat);
  }

  /** All that a container has written. */
  public String read(String pod, String container) {
    return texts.getOrDefault(pod + "/" + container, "");
  }
}
