package io.rke4j.spi.addon;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Kubernetes API refused a request, failed it, or was not reached. */
public final class KubeApiException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  private KubeApiException(
      String message,
      String hint,
      int status,
      String reason,
      boolean isTransient,
      @Nullable Throwable cause) {
    super("kube-api-failed", message, hint, List.of(), isTransient, cause);
    this.status = status;
    this.reason = reason;
  }

  /**
   * The API answered with an error. Too many requests (429) and failures of the server (5xx) are
   * transient.
   *
   * @param request verb and address
   * @param status the HTTP status
   * @param reason Kubernetes' word for it, for example {@code Conflict}
   * @param message the server's words
   */
  public static KubeApiException answered(
      String request, int status, String reason, String message) {
    String why = message.isEmpty() ? reason : message;
    return new KubeApiException(
        request + " was answered with " + status + ": " + why,
        status == 401 ? "The kubeconfig's certificate does not belong to this cluster's CA." : "",
        status,
        reason,
        status == 429 || status >= 500,
        null);
  }

  /**
   * No answer came, and trying again may help: the connection was refused, broke, or time ran out.
   *
   * @param request verb and address
   * @param why what happened
   * @param cause what was caught
   */
  public static KubeApiException unreachable(
      String request, String why, @Nullable Throwable cause) {
    return new KubeApiException(
        request + " got no answer: " + why, "", 0, "Unreachable", true, cause);
  }

  /**
   * The server's certificate is not signed by the kubeconfig's CA, or is not for this address.
   *
   * @param request verb and address
   * @param why what is wrong with the certificate
   * @param cause what was caught
   */
  public static KubeApiException untrusted(String request, String why, @Nullable Throwable cause) {
    return new KubeApiException(
        request + " was not sent, since the server is not trusted: " + why,
        "Use the kubeconfig of this very cluster, and an address that its certificate names.",
        0,
        "Untrusted",
        false,
        cause);
  }

  /** The HTTP status; 0 if no answer came. */
  public int status() {
    return status;
  }

  /** Kubernetes' word for the failure, for example {@code Conflict}. */
  public String reason() {
    return reason;
  }
}
