package io.rke4j.api.cluster;

/** Whether the API server asks somebody else who the bearer of a token is. */
public sealed interface TokenWebhook {

  /** It does not. */
  record Off() implements TokenWebhook {}

  /**
   * It asks a web server.
   *
   * @param kubeconfig says where that is, and how the API server shows who it is itself, as a
   *     kubeconfig; empty for RKE's, which asks {@code http://127.0.0.1:6440/v1/authenticate}
   * @param cacheTimeout how long an answer holds, as Go writes times: {@code 5s}, {@code 1m30s}
   */
  record On(Secret kubeconfig, String cacheTimeout) implements TokenWebhook {

    /** RKE's default. */
    public static final On DEFAULT = new On(Secret.of(""), "5s");

    /** Checks the time. */
    public On {
      if (!cacheTimeout.matches("(\\d+(\\.\\d+)?(ns|us|ms|s|m|h))+")) {
        throw new IllegalArgumentException(
            "'" + cacheTimeout + "' is not a time such as 5s or 1m30s");
      }
    }
  }
}
