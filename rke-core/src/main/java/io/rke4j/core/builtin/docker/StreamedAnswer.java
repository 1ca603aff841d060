package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.async.ResultCallback;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.OperationContext;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer that comes piece by piece, and the wait for its end. */
final class StreamedAnswer<T> implements ResultCallback<T> {

  private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);

  private final Consumer<? super T> onPiece;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable Closeable> source = new AtomicReference<>();

  StreamedAnswer(Consumer<? super T> onPiece) {
    this.onPiece = onPiece;
  }

  @Override
  public void onStart(Closeable stream) {
    source.set(stream);
    if (ended.getCount() == 0) {
      close();
    }
  }

  @Override
  public void onNext(T piece) {
    onPiece.accept(piece);
  }

  @Override
  public void onError(Throwable cause) {
    failure.compareAndSet(null, cause);
    end();
  }

  @Override
  public void onComplete() {
    end();
  }

  /** Whoever may cancel the run remembers this until its end, and need not the stream with it. */
  private void end() {
    source.set(null);
    ended.countDown();
  }

  @Override
  public void close() {
    ended.countDown();
    Closeable open = source.getAndSet(null);
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("breaking off an answer", e);
      }
    }
  }

  /** Waits for the end, which comes at once when the run is cancelled. */
  void await(Engine engine, String what, OperationContext context) {
    context.cancellation().onCancel(this::close);
    awaitEnd(what);
    if (context.cancellation().isCancelled()) {
      throw new OperationCancelledException(what + " on " + engine.host());
    }
    throwFailure(engine, what);
  }

  /** Waits for the end. */
  void await(Engine engine, String what) {
    awaitEnd(what);
    throwFailure(engine, what);
  }

  private void awaitEnd(String what) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new OperationCancelledException(what);
    }
  }

  private void throwFailure(Engine engine, String what) {
    Throwable cause = failure.get();
    if (cause != null) {
      throw engine.failure(what, cause);
    }
  }
}
