package io.rke4j.core.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.addon.KubeApiException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests from this machine to the API server. */
final class DirectRequests implements Requests {

  private final HttpClient http;

  DirectRequests(Config config) {
    this.http = new JdkHttpClientFactory().newBuilder(config).build();
  }

  @Override
  public Answer send(Request request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            http.newHttpRequestBuilder()
                .uri(request.url())
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .header("Accept", "application/json, text/plain")
                .method(
                    request.method(),
                    request.contentType(),
                    request.body().isEmpty() ? null : request.body())
                .build(),
            byte[].class);
    try {
      HttpResponse<byte[]> response = answer.get(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      String text = new String(response.body(), StandardCharsets.UTF_8);
      String date = response.headers("Date").stream().findFirst().orElse("");
      return new Answer(request.toString(), response.code(), text, date);
    } catch (ExecutionException e) {
      throw ConnectionFailure.of(request.toString(), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw KubeApiException.unreachable(request.toString(), "time ran out", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new OperationCancelledException(request.toString());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
