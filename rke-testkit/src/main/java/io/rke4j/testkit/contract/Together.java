package io.rke4j.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Several calls at the same time, as a run makes them for several nodes. */
final class Together {

  private static final int MINUTES = 5;

  private Together() {}

  /** What each has returned, in order; the first failure if there is one. */
  static <T> List<T> call(List<Callable<T>> calls) {
    List<CompletableFuture<T>> running = new ArrayList<>();
    for (Callable<T> call : calls) {
      running.add(
          CompletableFuture.supplyAsync(() -> called(call)).orTimeout(MINUTES, TimeUnit.MINUTES));
    }
    return running.stream().map(CompletableFuture::join).toList();
  }

  private static <T> T called(Callable<T> call) {
    try {
      return call.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
