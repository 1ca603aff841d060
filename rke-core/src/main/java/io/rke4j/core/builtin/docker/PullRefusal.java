package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.exception.DockerException;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.runtime.DiskFullException;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.spi.runtime.RegistryException;
import io.rke4j.spi.runtime.RegistryException.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a failed pull means, and whether it may succeed by itself. The engine passes on the
 * registry's failures as text, so there is nothing else to tell by; only what is known to pass is
 * tried again.
 *
 * @param image what was to be pulled
 * @param host where
 * @param user the account at the registry; empty if none
 */
record PullRefusal(ImageRef image, String host, String user) {

  private static final int SERVER_ERROR = 500;

  ProviderException of(DockerException refusal) {
    String words = EngineWords.of(refusal);
    boolean mayPass = refusal.getHttpStatus() >= SERVER_ERROR && mayPass(words);
    return of(words, mayPass, refusal);
  }

  ProviderException of(String words) {
    return of(words, mayPass(words), null);
  }

  private ProviderException of(String words, boolean mayPass, @Nullable Throwable cause) {
    if (EngineWords.sayDiskFull(words)) {
      return new DiskFullException("pulling " + image + " on " + host, words, cause);
    }
    Optional<Reason> reason = mayPass ? Optional.empty() : reason(words.toLowerCase(Locale.ROOT));
    return reason.isPresent()
        ? new RegistryException(image, host, user, reason.get(), words, cause)
        : new ImageUnavailableException(image, host, words, mayPass, cause);
  }

  private Optional<Reason> reason(String words) {
    if (hasOneOf(words, "verification failed for digest", "unexpected commit digest")) {
      return Optional.of(Reason.CORRUPT);
    }
    if (hasOneOf(words, "no such host")) {
      // Before Docker Hub the engine asks its mirrors, and tells of Docker Hub only.
      return image.registry().equals(RegistrySpec.DOCKER_HUB)
          ? Optional.empty()
          : Optional.of(Reason.UNKNOWN);
    }
    if (hasOneOf(words, "x509:", "certificate signed by unknown authority")) {
      return Optional.of(Reason.UNTRUSTED);
    }
    if (hasOneOf(words, "server gave http response to https client")) {
      return Optional.of(Reason.UNENCRYPTED);
    }
    if (hasOneOf(words, "no basic auth credentials")) {
      return Optional.of(Reason.LOGIN_MISSING);
    }
    if (user.isEmpty() && words.contains("may require 'docker login'")) {
      // Docker Hub says so of images that do not exist, too.
      return Optional.empty();
    }
    return hasOneOf(
            words, "unauthorized", "authentication required", "incorrect username", "denied:")
        ? Optional.of(user.isEmpty() ? Reason.LOGIN_MISSING : Reason.LOGIN_REFUSED)
        : Optional.empty();
  }

  private static boolean hasOneOf(String words, String... signs) {
    return Stream.of(signs).anyMatch(words::contains);
  }

  static boolean mayPass(String words) {
    return hasOneOf(
        words.toLowerCase(Locale.ROOT),
        "timeout",
        "timed out",
        "deadline exceeded",
        "connection refused",
        "connection reset",
        "broken pipe",
        "unexpected eof",
        ": eof",
        "server misbehaving",
        "toomanyrequests",
        "too many requests",
        "unexpected http status: 5",
        "internal server error",
        "bad gateway",
        "service unavailable");
  }
}
