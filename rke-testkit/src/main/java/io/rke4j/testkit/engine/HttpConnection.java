package io.rke4j.testkit.engine;

import io.rke4j.testkit.engine.RequestReader.MalformedRequestException;
import io.rke4j.testkit.engine.RequestReader.Progress;
import io.rke4j.testkit.host.Duplex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream that carries requests, one after the other. It holds a thread only while a request is
 * worked on.
 */
final class HttpConnection implements Duplex {

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private volatile Carrier carrier;
  private final Handler handler;
  private final Executor threads;
  private final RequestReader reader = new RequestReader();
  private final Deque<HttpRequest> waiting = new ArrayDeque<>();
  private final List<Runnable> onBroken = new ArrayList<>();
  private final ByteArrayOutputStream early = new ByteArrayOutputStream();
  private @Nullable RawInput rawInput;
  private boolean busy;
  private boolean hijacked;
  private boolean inputEnded;
  private boolean broken;
  private boolean deaf;

  /** Answers requests. */
  @FunctionalInterface
  interface Handler {
    /** Answers one request; when it returns, the answer is complete. */
    void handle(HttpRequest request, HttpConnection connection) throws IOException;
  }

  /** Takes what comes after a request has turned the stream into something else than HTTP. */
  interface RawInput {
    /** Bytes came. */
    void received(byte[] bytes, int offset, int length);

    /** No more will come. */
    void ended();
  }

  HttpConnection(Carrier carrier, Handler handler, Executor threads) {
    this.carrier = carrier;
    this.handler = handler;
    this.threads = threads;
  }

  Carrier carrier() {
    return carrier;
  }

  /** Lets so many bytes through on the way back, and then ends the stream. */
  void cutAfter(int bytes) {
    carrier = CutCarrier.ending(carrier, bytes);
  }

  /**
   * Lets so many bytes through on the way back, and then nothing in either direction; the stream
   * stays open until the client closes it.
   */
  synchronized void halfOpenAfter(int bytes) {
    carrier = CutCarrier.halfOpen(carrier, bytes);
    deaf = true;
  }

  @Override
  public synchronized void received(byte[] bytes, int offset, int length) {
    if (deaf) {
      return;
    }
    int used = 0;
    try {
      while (used < length) {
        if (hijacked) {
          raw(bytes, offset + used, length - used);
          return;
        }
        Progress progress = reader.read(bytes, offset + used, length - used);
        used += progress.used();
        if (progress.request().isPresent()) {
          waiting.add(progress.request().get());
          next();
        }
      }
    } catch (MalformedRequestException e) {
      LOG.debug("a simulated engine got something else than HTTP", e);
      carrier.close();
    }
  }

  private void raw(byte[] bytes, int offset, int length) {
    RawInput input = rawInput;
    if (input == null) {
      early.write(bytes, offset, length);
    } else {
      input.received(bytes, offset, length);
    }
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    HttpRequest request = waiting.remove();
    // What follows an upgrade is no request.
    hijacked = !request.header("upgrade").isEmpty();
    try {
      threads.execute(() -> work(request));
    } catch (RejectedExecutionException e) {
      LOG.debug("the fleet is closed", e);
      carrier.close();
    }
  }

  private void work(HttpRequest request) {
    boolean goesOn = false;
    try {
      handler.handle(request, this);
      goesOn = request.keepsAlive() && !isHijacked();
    } catch (IOException e) {
      LOG.debug("an answer could not be written", e);
    } finally {
      done(goesOn);
    }
  }

  private synchronized boolean isHijacked() {
    return hijacked;
  }

  private void done(boolean goesOn) {
    boolean close;
    synchronized (this) {
      busy = false;
      onBroken.clear();
      close = !goesOn || (inputEnded && waiting.isEmpty());
      if (!close) {
        next();
      }
    }
    if (close) {
      carrier.close();
    }
  }

  /** From here on the stream is no more HTTP; what comes goes to the input given. */
  synchronized void hijack(RawInput input) {
    hijacked = true;
    rawInput = input;
    if (early.size() > 0) {
      input.received(early.toByteArray(), 0, early.size());
    }
    if (inputEnded) {
      input.ended();
    }
  }

  /** Does something if the stream breaks before the answer is complete. */
  synchronized void whenBroken(Runnable action) {
    if (broken) {
      action.run();
    } else {
      onBroken.add(action);
    }
  }

  @Override
  public void ended() {
    boolean idle;
    synchronized (this) {
      inputEnded = true;
      RawInput input = rawInput;
      if (input != null) {
        input.ended();
      }
      idle = !busy;
    }
    if (idle) {
      carrier.close();
    }
  }

  @Override
  public void broken() {
    List<Runnable> actions;
    synchronized (this) {
      broken = true;
      actions = List.copyOf(onBroken);
      onBroken.clear();
    }
    actions.forEach(Runnable::run);
  }
}
