package io.rke4j.core.kube;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer for all who ask: the first one puts the question, the others wait for what it hears. A
 * failure is told to those who waited for it, and whoever comes later asks again. Thread-safe.
 */
final class SharedAnswer<T> {

  private final Supplier<T> question;
  private @Nullable CompletableFuture<T> answer;

  /** The answer to a question that nobody has put yet. */
  SharedAnswer(Supplier<T> question) {
    this.question = question;
  }

  /** The answer; throws what the question does. */
  T get() {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> known = join(mine);
    if (known == mine) {
      ask(mine);
    }
    try {
      return known.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private synchronized CompletableFuture<T> join(CompletableFuture<T> mine) {
    if (answer == null) {
      answer = mine;
    }
    return answer;
  }

  private void ask(CompletableFuture<T> mine) {
    try {
      mine.complete(question.get());
    } catch (RuntimeException | Error e) {
      forget();
      mine.completeExceptionally(e);
    }
  }

  private synchronized void forget() {
    answer = null;
  }
}
