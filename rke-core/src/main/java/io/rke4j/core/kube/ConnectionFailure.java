package io.rke4j.core.kube;

import io.rke4j.spi.addon.KubeApiException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells apart why no answer came. */
final class ConnectionFailure {

  private ConnectionFailure() {}

  static KubeApiException of(String request, Throwable failure) {
    Optional<Throwable> untrusted = first(failure, CertificateException.class);
    if (untrusted.isPresent()) {
      return KubeApiException.untrusted(request, words(untrusted.get()), failure);
    }
    return KubeApiException.unreachable(request, why(failure), failure);
  }

  /** The server's certificate, if it was refused since it has ended. */
  static Optional<X509Certificate> ended(KubeApiException failure) {
    return first(failure, CertificateExpiredException.class).isEmpty()
        ? Optional.empty()
        : first(failure, CertPathValidatorException.class)
            .map(CertPathValidatorException.class::cast)
            .filter(refusal -> refusal.getCertPath() != null && refusal.getIndex() >= 0)
            .map(refusal -> refusal.getCertPath().getCertificates().get(refusal.getIndex()))
            .map(X509Certificate.class::cast);
  }

  private static String why(Throwable failure) {
    // These of Java's exceptions may have no message.
    if (first(failure, HttpTimeoutException.class).isPresent()) {
      return "time ran out";
    }
    if (first(failure, UnresolvedAddressException.class).isPresent()) {
      return "the server's name is unknown";
    }
    return first(failure, ConnectException.class).isPresent()
        ? "connection refused"
        : words(last(failure));
  }

  private static Optional<Throwable> first(Throwable failure, Class<? extends Throwable> type) {
    return causes(failure).filter(type::isInstance).findFirst();
  }

  private static Throwable last(Throwable failure) {
    return causes(failure).reduce(failure, (before, after) -> after);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
