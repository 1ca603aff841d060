package io.rke4j.core.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a stream that is still in use when its time is up: reading from a channel of an SSH
 * connection has no time limit of its own. Close it when the stream is done with.
 */
final class TimeLimit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);

  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** Gives a stream so much time. */
  TimeLimit(Closeable stream, Duration time) {
    CompletableFuture<Void> unused =
        end.orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (done, timeout) -> {
                  if (timeout != null) {
                    close(stream);
                  }
                });
  }

  private static void close(Closeable stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.debug("closing a stream whose time is up", e);
    }
  }

  /** Whether the time was up before the end; so it is for whoever finds the stream closed by it. */
  boolean isUp() {
    return end.isCompletedExceptionally();
  }

  @Override
  public void close() {
    end.complete(null);
  }
}
