package io.rke4j.core.builtin.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rke4j.api.cluster.EcrLogin;
import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.api.cluster.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EcrLoginsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long HOURS = 3600;

  /** What a server is to answer at a path. */
  private record Prepared(int status, String body) {}

  private final Map<String, Prepared> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private Optional<HttpServer> server = Optional.empty();

  @BeforeEach
  void serve() throws IOException {
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    started.createContext("/", this::answer);
    started.start();
    server = Optional.of(started);
    String address = "http://127.0.0.1:" + started.getAddress().getPort();
    variables.put("AWS_ENDPOINT_URL_ECR", address + "/");
    variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", address);
  }

  @AfterEach
  void stop() {
    server.ifPresent(started -> started.stop(0));
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    asked.add(
        exchange.getRequestMethod()
            + " "
            + path
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"));
    Prepared answer = answers.getOrDefault(path, new Prepared(404, ""));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private EcrLogins at(Instant time) {
    return new EcrLogins(new AwsEnvironment(variables::get), Clock.fixed(time, ZoneOffset.UTC));
  }

  private static RegistrySpec registry(EcrLogin login) {
    return new RegistrySpec(
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team",
        "",
        Secret.of(""),
        false,
        Optional.of(login));
  }

  private static RegistrySpec withKeys() {
    return registry(EcrLogin.keys(Secret.of("AKIDGIVEN"), Secret.of("marker-of-a-key")));
  }

  private void giveLogin(long secondsOfLife) {
    String token =
        Base64.getEncoder().encodeToString("AWS:password".getBytes(StandardCharsets.UTF_8));
    answers.put(
        "/",
        new Prepared(
            200,
            "{\"authorizationData\": [{\"authorizationToken\": \"%s\", \"expiresAt\": %d.5}]}"
                .formatted(token, NOW.getEpochSecond() + secondsOfLife)));
  }

  @Test
  void givenKeysBuyAPasswordOnceForAllHosts() throws IOException {
    giveLogin(12 * HOURS);
    EcrLogins logins = at(NOW);

    EcrLogins.Login login = logins.of(withKeys());
    logins.of(withKeys());

    assertThat(login.user()).isEqualTo("AWS");
    assertThat(login.password()).isEqualTo(Secret.of("password"));
    assertThat(asked)
        .singleElement()
        .asString()
        .contains("Credential=AKIDGIVEN/20260101/eu-west-1/ecr/aws4_request")
        .doesNotContain("marker");
  }

  @Test
  void passwordThatIsAboutToEndIsAskedForAgain() throws IOException {
    giveLogin(300);
    EcrLogins logins = at(NOW);

    logins.of(withKeys());
    logins.of(withKeys());

    assertThat(asked).hasSize(2);
  }

  @Test
  void keysOfTheEnvironmentComeBeforeTheRoleOfTheMachine() throws IOException {
    giveLogin(12 * HOURS);
    variables.put("AWS_ACCESS_KEY_ID", "AKIDFOUND");
    variables.put("AWS_SECRET_ACCESS_KEY", "key");

    at(NOW).of(registry(EcrLogin.FOUND));

    assertThat(asked).singleElement().asString().contains("Credential=AKIDFOUND/");
  }

  @Test
  void roleOfTheMachineIsAskedForByItsToken() throws IOException {
    giveLogin(12 * HOURS);
    answers.put("/latest/api/token", new Prepared(200, "session"));
    answers.put("/latest/meta-data/iam/security-credentials/", new Prepared(200, "builder\n"));
    answers.put(
        "/latest/meta-data/iam/security-credentials/builder",
        new Prepared(
            200, "{\"AccessKeyId\": \"AKIDROLE\", \"SecretAccessKey\": \"k\", \"Token\": \"t\"}"));

    at(NOW).of(registry(EcrLogin.FOUND));

    assertThat(asked)
        .hasSize(4)
        .anyMatch(one -> one.startsWith("PUT /latest/api/token"))
        .anyMatch(one -> one.startsWith("GET ") && one.endsWith("session"))
        .anyMatch(one -> one.contains("Credential=AKIDROLE/"));
  }

  @Test
  void withoutKeysItSaysWhereItLooked() {
    variables.put("AWS_EC2_METADATA_DISABLED", "true");

    assertThatThrownBy(() -> at(NOW).of(registry(EcrLogin.FOUND)))
        .isInstanceOf(NoLoginException.class)
        .hasMessageContaining("none in AWS_ACCESS_KEY_ID")
        .hasMessageContaining("AWS_EC2_METADATA_DISABLED");
  }

  @Test
  void refusalOfAmazonIsToldInItsWords() {
    answers.put(
        "/",
        new Prepared(
            400,
            "{\"__type\": \"UnrecognizedClientException\", \"message\": \"The token is invalid.\"}"));

    assertThatThrownBy(() -> at(NOW).of(withKeys()))
        .isInstanceOf(NoLoginException.class)
        .hasMessage(
            "Amazon answers with status 400, UnrecognizedClientException: The token is invalid.");
  }

  @Test
  void failureOfAmazonMayPass() {
    answers.put("/", new Prepared(503, "<html>"));

    assertThatThrownBy(() -> at(NOW).of(withKeys()))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(NoLoginException.class)
        .hasMessage("Amazon answers with status 503, and no reason");
  }

  @Test
  void answerWithoutALoginIsNone() {
    answers.put("/", new Prepared(200, "{\"authorizationData\": []}"));

    assertThatThrownBy(() -> at(NOW).of(withKeys())).hasMessage("Amazon's answer has no login");
  }
}
