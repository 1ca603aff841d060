package io.rke4j.core.builtin.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.builtin.ecr.EcrLogins;
import io.rke4j.core.builtin.ecr.NoLoginException;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.runtime.EngineException;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.spi.runtime.RegistryException;
import io.rke4j.spi.runtime.RegistryException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The images of one engine. */
final class Images {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Engine engine;
  private final RuntimeSpec spec;
  private final EcrLogins ecr;
  private final Duration firstPause;
  private final Map<String, ImageDefaults> defaults = new ConcurrentHashMap<>();

  Images(Engine engine, RuntimeSpec spec, EcrLogins ecr, Duration firstPause) {
    this.engine = engine;
    this.spec = spec;
    this.ecr = ecr;
    this.firstPause = firstPause;
  }

  boolean has(ImageRef image) {
    return engine
        .find("looking for image " + image, client -> client.inspectImageCmd(image.value()).exec())
        .isPresent();
  }

  /**
   * Has the engine look for the image in its registry.
   *
   * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Distribution">
   *     Distribution</a>
   */
  void requirePullable(ImageRef image) {
    Map<String, String> headers =
        loginFor(image).map(login -> Map.of("X-Registry-Auth", encoded(login))).orElse(Map.of());
    try {
      engine.get(
          "asking the registry for " + image, "/distribution/" + image.value() + "/json", headers);
    } catch (EngineException e) {
      throw unavailable(image, e);
    }
  }

  private static String encoded(AuthConfig login) {
    try {
      return Base64.getUrlEncoder().encodeToString(JSON.writeValueAsBytes(login));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a login cannot be written as JSON", e);
    }
  }

  /** What an image, which never changes under its identifier, brings by itself. */
  ImageDefaults defaults(String imageId) {
    ImageDefaults known = defaults.get(imageId);
    if (known == null) {
      known =
          engine
              .find("looking at image " + imageId, client -> client.inspectImageCmd(imageId).exec())
              .map(answer -> ImageDefaults.of(answer.getConfig()))
              .orElse(ImageDefaults.NONE);
      defaults.put(imageId, known);
    }
    return known;
  }

  /** Pulls the image unless it is there; tries again only what may pass by itself. */
  void ensure(ImageRef image, OperationContext context) {
    if (has(image)) {
      return;
    }
    Duration pause = firstPause;
    for (int attempt = 1; ; attempt++) {
      try {
        pull(image, context);
        return;
      } catch (ImageUnavailableException | RegistryException e) {
        if (!mayPass(e) || attempt == TRIES) {
          throw e;
        }
        context.progress(0, "pulling " + image + " again: " + e.getMessage());
      }
      pause(image, pause, context);
      pause = pause.multipliedBy(3);
    }
  }

  /** What was damaged on its way may come whole the next time; if not, another run is no help. */
  private static boolean mayPass(ProviderException failure) {
    return failure.isTransient()
        || (failure instanceof RegistryException refused && refused.reason() == Reason.CORRUPT);
  }

  private void pull(ImageRef image, OperationContext context) {
    PullProgress progress = new PullProgress(image, context);
    StreamedAnswer<PullResponseItem> answer = new StreamedAnswer<>(progress::show);
    String what = "pulling " + image;
    try {
      engine.ask(what, client -> request(client, image).exec(answer));
      answer.await(engine, what, context);
    } catch (EngineException e) {
      throw unavailable(image, e);
    }
    Optional<String> error = progress.error();
    if (error.isPresent()) {
      throw refusal(image).of(error.get());
    }
    if (!has(image)) {
      throw new ImageUnavailableException(
          image, engine.host(), "the engine reports success but does not have it", true, null);
    }
  }

  private PullRefusal refusal(ImageRef image) {
    String user = spec.registryOf(image).map(RegistrySpec::user).orElse("");
    return new PullRefusal(image, engine.host(), user);
  }

  private ProviderException unavailable(ImageRef image, EngineException failure) {
    return failure.getCause() instanceof DockerException refusal
        ? refusal(image).of(refusal)
        : new ImageUnavailableException(
            image,
            engine.host(),
            String.valueOf(failure.getMessage()),
            failure.isTransient(),
            failure);
  }

  private PullImageCmd request(DockerClient client, ImageRef image) {
    int digest = image.value().indexOf('@');
    PullImageCmd request =
        client
            .pullImageCmd(image.repository())
            .withTag(digest < 0 ? image.tag() : image.value().substring(digest + 1));
    loginFor(image).ifPresent(request::withAuthConfig);
    return request;
  }

  private Optional<AuthConfig> loginFor(ImageRef image) {
    Optional<RegistrySpec> registry = spec.registryOf(image);
    if (registry.isEmpty() || registry.get().hasLogin()) {
      return registry.map(given -> login(given, given.user(), given.password()));
    }
    return registry.get().ecr().isPresent()
        ? Optional.of(loginOfAmazon(registry.get(), image))
        : Optional.empty();
  }

  private AuthConfig loginOfAmazon(RegistrySpec registry, ImageRef image) {
    try {
      EcrLogins.Login login = ecr.of(registry);
      return login(registry, login.user(), login.password());
    } catch (NoLoginException e) {
      throw new RegistryException(
          image, engine.host(), "", Reason.NO_LOGIN, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ImageUnavailableException(
          image, engine.host(), "Amazon gives no login at present: " + e.getMessage(), true, e);
    }
  }

  private static AuthConfig login(RegistrySpec registry, String user, Secret password) {
    return new AuthConfig()
        .withUsername(user)
        .withPassword(password.reveal())
        .withRegistryAddress(registry.url().split("/", 2)[0]);
  }

  private static void pause(ImageRef image, Duration pause, OperationContext context) {
    long end = System.nanoTime() + pause.toNanos();
    context.waitUntil(
        "the next try to pull " + image,
        pause.plus(LONGEST_PAUSE),
        () ->
            System.nanoTime() - end >= 0
                ? Observation.done()
                : Observation.notYet("the registry gets a pause"));
  }
}
