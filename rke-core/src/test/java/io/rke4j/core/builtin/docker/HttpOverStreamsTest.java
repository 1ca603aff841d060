package io.rke4j.core.builtin.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.Stream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;

class HttpOverStreamsTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";
  private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  /** A stream whose other side has said all that it will ever say. */
  private record Canned(InputStream input, OutputStream output, Runnable whenClosed)
      implements Stream {
    static Canned saying(String answers, Runnable whenClosed) {
      return new Canned(
          new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
          OutputStream.nullOutputStream(),
          whenClosed);
    }

    @Override
    public void close() {
      whenClosed.run();
    }
  }

  private int opened;
  private int closed;

  private HttpOverStreams over(String... answersPerStream) {
    return over(TimeValue.ofMinutes(1), answersPerStream);
  }

  private HttpOverStreams over(TimeValue surplusAfter, String... answersPerStream) {
    Deque<String> rest = new ArrayDeque<>(List.of(answersPerStream));
    return new HttpOverStreams(
        () -> {
          opened++;
          if (rest.isEmpty()) {
            throw new NodeUnreachableException("host", "gone", null);
          }
          return Canned.saying(rest.remove(), () -> closed++);
        },
        EnginePatience.USUAL,
        surplusAfter);
  }

  private static String send(DockerHttpClient http, Request.Method method) {
    Request request = Request.builder().method(method).path("/_ping").build();
    try (Response answer = http.execute(request)) {
      return new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void streamIsUsedAgain() throws IOException {
    try (HttpOverStreams http = over(OK.repeat(3))) {
      for (int i = 0; i < 3; i++) {
        assertThat(send(http, Request.Method.GET)).isEqualTo("OK");
      }
    }
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void streamsThatWereNeededOnceOnlyAreClosed() throws IOException {
    String[] many = new String[4];
    Arrays.fill(many, OK.repeat(2));
    try (HttpOverStreams http = over(TimeValue.ZERO_MILLISECONDS, many)) {
      Request ping = Request.builder().method(Request.Method.GET).path("/_ping").build();
      List<Response> atOnce = new ArrayList<>();
      for (int i = 0; i < many.length; i++) {
        atOnce.add(http.execute(ping));
      }
      for (Response answer : atOnce) {
        answer.getBody().readAllBytes();
        answer.close();
      }
      assertThat(send(http, Request.Method.GET)).isEqualTo("OK");
      assertThat(closed).isEqualTo(3);
    }
    assertThat(opened).isEqualTo(4);
  }

  @Test
  void emptyAnswerThatNobodyReadsLeavesTheStreamFree() throws IOException {
    try (HttpOverStreams http = over(EMPTY + OK)) {
      http.execute(Request.builder().method(Request.Method.PUT).path("/x").build()).close();
      assertThat(send(http, Request.Method.GET)).isEqualTo("OK");
    }
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void questionInABrokenStreamIsAskedAgainInAnother() throws IOException {
    try (HttpOverStreams http = over(OK, OK)) {
      assertThat(send(http, Request.Method.GET)).isEqualTo("OK");
      assertThat(send(http, Request.Method.GET)).isEqualTo("OK");
    }
    assertThat(opened).isEqualTo(2);
  }

  @Test
  void orderInABrokenStreamIsNotGivenTwice() throws IOException {
    try (HttpOverStreams http = over(OK, OK)) {
      assertThat(send(http, Request.Method.GET)).isEqualTo("OK");
      assertThatThrownBy(() -> send(http, Request.Method.POST))
          .isInstanceOf(UncheckedIOException.class);
    }
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void askingAgainIsBounded() throws IOException {
    try (HttpOverStreams http = over("", "", "", "", "")) {
      assertThatThrownBy(() -> send(http, Request.Method.GET))
          .isInstanceOf(UncheckedIOException.class);
    }
    assertThat(opened).isEqualTo(3);
  }

  @Test
  void whyNoStreamOpensIsPassedOn() throws IOException {
    try (HttpOverStreams http = over()) {
      assertThatThrownBy(() -> send(http, Request.Method.GET))
          .isInstanceOf(NodeUnreachableException.class);
    }
  }
}
