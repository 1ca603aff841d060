package io.rke4j.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.VersionMetadata;
import io.rke4j.core.kube.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataDownloadTest {

  @TempDir private Path folder;
  private final List<String> tags = new ArrayList<>();
  private HttpServer server;
  private byte[] content;
  private int status = 200;

  @BeforeEach
  void serve() throws IOException {
    content = Files.readAllBytes(MetadataFileTest.SMALL);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    tags.add(String.valueOf(known));
    exchange.getResponseHeaders().add("ETag", "\"" + content.length + "\"");
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
    boolean same = ("\"" + content.length + "\"").equals(known) && status == 200;
    exchange.sendResponseHeaders(same ? 304 : status, same ? -1 : content.length);
    if (!same) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(content);
      }
    }
    exchange.close();
  }

  private URI address() {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/data.json?key=marker");
  }

  private VersionCatalogue catalogue() {
    return VersionCatalogue.with(VersionMetadata.url(address(), folder.resolve("cache")));
  }

  @Test
  void metadataAreFetchedAgainOnlyIfTheyHaveChanged() {
    assertThat(catalogue().defaultVersion()).hasToString("v1.24.2-rancher1-1");
    assertThat(catalogue().defaultVersion()).hasToString("v1.24.2-rancher1-1");
    content =
        text()
            .replace("\"default\": \"v1.24.2", "\"default\":  \"v1.24.2")
            .getBytes(StandardCharsets.UTF_8);
    catalogue();

    assertThat(tags).hasSize(3);
    assertThat(tags.get(0)).isEqualTo("null");
    assertThat(tags.get(1)).isEqualTo(tags.get(2)).startsWith("\"");
  }

  @Test
  void withoutTheServerThoseOfAnEarlierDayAreUsedAndThatIsSaid() {
    catalogue();
    status = 500;

    VersionCatalogue kept = catalogue();

    assertThat(kept.defaultVersion()).hasToString("v1.24.2-rancher1-1");
    assertThat(kept.notice().orElseThrow())
        .contains("could not be fetched", "status 500")
        .doesNotContain("marker");
  }

  @Test
  void whatCannotBeReadIsNotKept() {
    catalogue();
    content = "{}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(this::catalogue)
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("metadata of 127.0.0.1")
        .hasMessageContaining("$.K8sVersionRKESystemImages: is missing");
    status = 500;

    assertThat(catalogue().defaultVersion()).hasToString("v1.24.2-rancher1-1");
  }

  @Test
  void anAnswerThatIsNoneIsRefusedWithoutTheAddress() {
    for (int none : new int[] {404, 302}) {
      status = none;
      assertThatThrownBy(this::catalogue)
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("cannot be fetched: the server answered with status " + none)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("marker"));
    }
  }

  @Test
  void aServerThatIsTooSlowIsGivenUp() {
    server.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          try {
            while (true) {
              body.write(content);
              body.flush();
            }
          } catch (IOException e) {
            exchange.close();
          }
        });
    MetadataDownload endless =
        new MetadataDownload(address().resolve("/slow"), folder, Duration.ofSeconds(6));

    assertThatThrownBy(
            () -> endless.fetch(json -> new Metadata(Map.of(), Map.of(), Optional.empty())))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("they (did not arrive within|are larger than).*");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerWhoseCertificateNobodyKnowsIsRefused() throws IOException {
    HttpsServer foreign =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    foreign.setHttpsConfigurator(new HttpsConfigurator(TestCertificate.forLoopback().context()));
    foreign.createContext("/", this::answer);
    foreign.start();
    try {
      VersionMetadata source =
          VersionMetadata.url(
              URI.create("https://127.0.0.1:" + foreign.getAddress().getPort() + "/"), folder);

      assertThatThrownBy(() -> VersionCatalogue.with(source))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("PKIX path");
      assertThat(tags).isEmpty();
    } finally {
      foreign.stop(0);
    }
  }

  @Test
  void addressesThatAnybodyCouldAnswerAreRefused() {
    for (String address :
        List.of("http://example.com/data.json", "ftp://127.0.0.1/", "data.json")) {
      assertThatThrownBy(() -> VersionMetadata.url(URI.create(address), folder))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("https");
    }
  }

  private static String text() {
    try {
      return Files.readString(MetadataFileTest.SMALL);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
