package io.rke4j.testkit.kube.api;

import io.rke4j.testkit.kube.status.KubeFailure;

/** How a request goes wrong. */
public sealed interface Fault {

  /** The server says no. */
  record Refusal(KubeFailure failure) implements Fault {}

  /** The server never says anything; the client has to give up. */
  record Silence() implements Fault {}

  /** The connection ends without an answer. */
  record Drop() implements Fault {}

  /**
   * Something else happens at this moment; the request itself goes on, if it still can.
   *
   * @param words what happens
   * @param action makes it happen
   */
  record Meanwhile(String words, Runnable action) implements Fault {}

  /** 429: the client is to come back later. */
  static Fault tooManyRequests() {
    return new Refusal(
        KubeFailure.of(429, "TooManyRequests", "Too many requests, please try again later."));
  }

  /** 503: the server is not ready, or is going away. */
  static Fault unavailable() {
    return new Refusal(
        KubeFailure.of(
            503, "ServiceUnavailable", "the server is currently unable to handle the request"));
  }

  /** 504: etcd did not answer the server in time. */
  static Fault timeout() {
    return new Refusal(
        KubeFailure.of(
            504, "Timeout", "Timeout: request did not complete within the allotted timeout"));
  }
}
