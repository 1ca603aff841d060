package io.rke4j.core.builtin.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.api.cluster.EcrLogin;
import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.builtin.ecr.BoundedHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords for registries, asked of Amazon once for all hosts and again shortly before they end.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html">
 *     GetAuthorizationToken</a>
 */
public final class EcrLogins {

  private static final Pattern REGION =
      Pattern.compile("[^.]+\\.dkr\\.ecr(?:-fips)?\\.([^.]+)\\.(amazonaws\\.com(?:\\.cn)?).*");

  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";
  private static final Duration USUAL_LIFE = Duration.ofHours(1);
  private static final Duration MARGIN = Duration.ofMinutes(10);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final AwsEnvironment environment;
  private final Clock clock;
  private final Map<RegistrySpec, Login> known = new HashMap<>();

  /** Looks for keys in this program's environment where none are given. */
  public EcrLogins() {
    this(new AwsEnvironment(System::getenv), Clock.systemUTC());
  }

  EcrLogins(AwsEnvironment environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  /**
   * What an engine logs in with.
   *
   * @param user the account, which is the same for all of ECR
   * @param password good until the end
   * @param end when it no longer is
   */
  public record Login(String user, Secret password, Instant end) {}

  /**
   * The login to one of Amazon's registries.
   *
   * @throws NoLoginException if there are no keys, or Amazon gives none for them; the message says
   *     which
   * @throws IOException if Amazon could not be asked, which may pass
   */
  public synchronized Login of(RegistrySpec registry) throws IOException {
    Login login = known.get(registry);
    if (login == null || clock.instant().plus(MARGIN).isAfter(login.end())) {
      login = ask(registry);
      known.put(registry, login);
    }
    return login;
  }

  private Login ask(RegistrySpec registry) throws IOException {
    Matcher parts = REGION.matcher(registry.url());
    if (!parts.matches()) {
      throw new NoLoginException(registry.url() + " names no region of Amazon's");
    }
    String region = parts.group(1);
    URI address =
        environment
            .endpoint()
            .orElseGet(() -> URI.create("https://api.ecr." + region + "." + parts.group(2) + "/"));
    AwsKeys keys = environment.keys(registry.ecr().orElse(EcrLogin.FOUND));
    Map<String, String> headers =
        Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", TARGET);
    AwsSignature signature = new AwsSignature(keys, region, "ecr", clock.instant());
    String body = "{}";
    Answer answer =
        BoundedHttp.ask("POST", address, signature.sign("POST", address, headers, body), body);
    if (answer.status() != OK) {
      throw failure(answer);
    }
    return login(answer.json().path("authorizationData").path(0));
  }

  private static IOException failure(Answer answer) {
    String words = "Amazon answers with status " + answer.status() + ", " + reason(answer);
    return answer.status() >= SERVER_ERROR || answer.status() == TOO_MANY
        ? new IOException(words)
        : new NoLoginException(words);
  }

  private static String reason(Answer answer) {
    try {
      JsonNode words = answer.json();
      // Which of the two spellings comes depends on the service behind.
      String message = words.path("message").asText(words.path("Message").asText());
      return words.path("__type").asText("") + ": " + message;
    } catch (IOException e) {
      return "and no reason";
    }
  }

  private Login login(JsonNode data) throws IOException {
    String[] words = decoded(data.path("authorizationToken").asText()).split(":", 2);
    if (words.length < 2) {
      throw new IOException("Amazon's answer has no login");
    }
    JsonNode end = data.path("expiresAt");
    return new Login(
        words[0],
        Secret.of(words[1]),
        end.isNumber() ? Instant.ofEpochSecond(end.asLong()) : clock.instant().plus(USUAL_LIFE));
  }

  private static String decoded(String token) throws IOException {
    try {
      return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Without the cause, which may quote the token.
      throw new IOException("Amazon's answer has a login that is not base64");
    }
  }
}
