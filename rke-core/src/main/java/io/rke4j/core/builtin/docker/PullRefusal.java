package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.exception.DockerException;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.runtime.ImageUnavailableException;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether a failed pull may succeed by itself. The engine passes on the registry's failures as
 * text, so there is nothing else to tell by; only what is known to pass is tried again.
 */
final class PullRefusal {

  private static final int SERVER_ERROR = 500;

  private PullRefusal() {}

  static ImageUnavailableException of(ImageRef image, String host, DockerException refusal) {
    String words = EngineWords.of(refusal);
    boolean mayPass = refusal.getHttpStatus() >= SERVER_ERROR && mayPass(words);
    return new ImageUnavailableException(image, host, words, mayPass, refusal);
  }

  static ImageUnavailableException of(ImageRef image, String host, String words) {
    return new ImageUnavailableException(image, host, words, mayPass(words), null);
  }

  static boolean mayPass(String words) {
    String text = words.toLowerCase(Locale.ROOT);
    return Stream.of(
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
            "service unavailable")
        .anyMatch(text::contains);
  }
}
