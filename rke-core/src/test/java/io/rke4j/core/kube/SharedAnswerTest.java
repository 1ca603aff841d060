package io.rke4j.core.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedAnswerTest {

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void theQuestionIsPutOnceForAllWhoAskMeanwhileAndLater() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    SharedAnswer<String> answer =
        new SharedAnswer<>(
            () -> {
              asked.incrementAndGet();
              heard.countDown();
              await(answered);
              return "n1";
            });
    CompletableFuture<String> first = CompletableFuture.supplyAsync(answer::get);
    heard.await();
    CompletableFuture<String> meanwhile = CompletableFuture.supplyAsync(answer::get);
    answered.countDown();

    assertThat(first.get()).isEqualTo("n1");
    assertThat(meanwhile.get()).isEqualTo("n1");
    assertThat(answer.get()).isEqualTo("n1");
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoComesAfterAFailureAsksAgain() {
    SharedAnswer<String> answer =
        new SharedAnswer<>(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("nobody there");
              }
              return "n1";
            });

    assertThatThrownBy(answer::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nobody there");
    assertThat(answer.get()).isEqualTo("n1");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
