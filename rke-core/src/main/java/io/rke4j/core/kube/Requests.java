package io.rke4j.core.kube;

import java.time.Duration;

/** Carries single requests to the API server. Thread-safe; every failure is a KubeApiException. */
interface Requests extends AutoCloseable {

  /** How long a request may take. */
  Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * A request.
   *
   * @param body empty if it has none
   */
  record Request(String method, String url, String contentType, String body) {

    /** What the server is asked for, for messages. */
    @Override
    public String toString() {
      return method + " " + url;
    }
  }

  Answer send(Request request);

  @Override
  void close();
}
