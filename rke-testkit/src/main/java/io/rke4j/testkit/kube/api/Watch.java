package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.StoreEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One client that is being told of changes. No thread belongs to it: whenever there is something to
 * tell, it takes one of those that all watches share.
 */
final class Watch {

  // Whoever has not read so many is not going to.
  private static final int MOST_UNTOLD = 20_000;

  private final HttpExchange exchange;
  private final WatchRequest request;
  private final Executor workers;
  private final Consumer<Watch> onEnd;
  private final Consumer<StoreEvent> listener = this::note;
  private final Deque<Function<Boolean, Optional<JsonNode>>> untold = new ArrayDeque<>();
  private boolean isTelling;
  private boolean isEnding;
  private boolean hasEnded;
  private boolean hasTold;

  Watch(HttpExchange exchange, WatchRequest request, Executor workers, Consumer<Watch> onEnd) {
    this.exchange = exchange;
    this.request = request;
    this.workers = workers;
    this.onEnd = onEnd;
  }

  void start() throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    try {
      request.start(
          object -> add(isFirst -> Optional.of(request.added(object, isFirst))), listener);
    } catch (KubeFailure e) {
      // Too late for another status: the failure is an event.
      add(isFirst -> Optional.of(WatchRequest.error(e)));
      end();
    }
  }

  private void note(StoreEvent event) {
    if (request.concerns(event)) {
      add(isFirst -> request.told(event, isFirst));
    }
  }

  void bookmark() {
    if (request.wantsBookmarks()) {
      // Decided now: all changes up to this version are before it in the queue.
      JsonNode bookmark = request.bookmark();
      add(isFirst -> Optional.of(bookmark));
    }
  }

  /** Ends it when all is told. */
  void end() {
    request.stop(listener);
    synchronized (this) {
      isEnding = true;
    }
    wake(() -> true);
  }

  private void add(Function<Boolean, Optional<JsonNode>> event) {
    wake(
        () -> {
          if (untold.size() > MOST_UNTOLD) {
            isEnding = true;
            untold.clear();
          }
          return untold.add(event);
        });
  }

  private void wake(Supplier<Boolean> change) {
    synchronized (this) {
      if (!change.get() || isTelling || hasEnded) {
        return;
      }
      isTelling = true;
    }
    try {
      workers.execute(this::tell);
    } catch (RejectedExecutionException e) {
      finish();
    }
  }

  private void tell() {
    try {
      for (Optional<Function<Boolean, Optional<JsonNode>>> next = next();
          next.isPresent();
          next = next()) {
        Optional<JsonNode> event = next.get().apply(!hasTold);
        if (event.isPresent()) {
          write(event.get());
          hasTold = true;
        }
      }
    } catch (IOException e) {
      finish();
    }
  }

  private Optional<Function<Boolean, Optional<JsonNode>>> next() {
    synchronized (this) {
      if (!untold.isEmpty()) {
        return Optional.of(untold.removeFirst());
      }
      isTelling = false;
      if (!isEnding || hasEnded) {
        return Optional.empty();
      }
    }
    finish();
    return Optional.empty();
  }

  private void write(JsonNode event) throws IOException {
    OutputStream out = exchange.getResponseBody();
    out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void finish() {
    synchronized (this) {
      if (hasEnded) {
        return;
      }
      hasEnded = true;
    }
    request.stop(listener);
    exchange.close();
    onEnd.accept(this);
  }

  /** What the client is to be told, for how long and of what. */
  WatchRequest request() {
    return request;
  }

  /** For a test's failure message. */
  @Override
  public String toString() {
    return "Watch[" + exchange.getRequestURI() + "]";
  }
}
