package io.rke4j.testkit.engine;

import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.host.EngineRelease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the handler of a request by its method and path. */
final class Router implements HttpConnection.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final Pattern VERSION = Pattern.compile("/v(\\d+)\\.(\\d+)(/.*)");
  private static final int MAJOR = 1;

  /** Before this version refusals were plain text. */
  private static final int JSON_REFUSALS = 24;

  /** The paths of all engines are the same, and a fleet may have a thousand of them. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private final List<Route> routes = new ArrayList<>();
  private final EngineRelease engine;

  /** Answers a call; what it throws becomes a refusal. */
  @FunctionalInterface
  interface Handler {
    /** Answers. */
    void handle(Call call) throws IOException;
  }

  private record Route(String method, Pattern path, Handler handler) {}

  Router(EngineRelease engine) {
    this.engine = engine;
  }

  /**
   * Adds a handler.
   *
   * @param path with {@code {}} for a name, and {@code {*}} for one that may have slashes in it
   */
  Router on(String method, String path, Handler handler) {
    routes.add(new Route(method, PATTERNS.computeIfAbsent(path, Router::pattern), handler));
    return this;
  }

  private static Pattern pattern(String path) {
    return Pattern.compile(
        Pattern.quote(path).replace("{*}", "\\E(.+)\\Q").replace("{}", "\\E([^/]+)\\Q"));
  }

  @Override
  public void handle(HttpRequest request, HttpConnection connection) throws IOException {
    String path = request.path();
    Matcher versioned = VERSION.matcher(path);
    Served served = new Served(engine, engine.newestApi());
    if (versioned.matches()) {
      int major = Integer.parseInt(versioned.group(1));
      int minor = Integer.parseInt(versioned.group(2));
      if (major != MAJOR || minor > engine.newestApi() || minor < engine.oldestApi()) {
        boolean isNew = major > MAJOR || minor > engine.newestApi();
        refuse(request, connection, wrongVersion(major + "." + minor, isNew), minor);
        return;
      }
      served = new Served(engine, minor);
      path = versioned.group(3);
    }
    for (Route route : routes) {
      Matcher matcher = route.path().matcher(path);
      if (route.method().equals(request.method()) && matcher.matches()) {
        List<String> names = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
          names.add(matcher.group(group));
        }
        answer(route, new Call(request, names, connection, served));
        return;
      }
    }
    LOG.debug("a simulated engine was asked for {} {}", request.method(), path);
    new Call(request, List.of(), connection, served).refuse(404, "page not found");
  }

  /** Says no to whatever was asked. */
  void refuse(HttpRequest request, HttpConnection connection, EngineFault.Refusal refusal)
      throws IOException {
    new Call(request, List.of(), connection, new Served(engine, engine.newestApi()))
        .refuse(refusal.status(), refusal.words());
  }

  private void refuse(HttpRequest request, HttpConnection connection, String words, int api)
      throws IOException {
    Call call = new Call(request, List.of(), connection, new Served(engine, engine.newestApi()));
    if (api < JSON_REFUSALS) {
      byte[] text = (words + "\n").getBytes(StandardCharsets.UTF_8);
      call.send(400, "text/plain; charset=utf-8", text, Map.of());
    } else {
      call.refuse(400, words);
    }
  }

  private String wrongVersion(String asked, boolean isNew) {
    return "client version "
        + asked
        + (isNew
            ? " is too new. Maximum supported API version is " + engine.api()
            : " is too old. Minimum supported API version is "
                + engine.minApi()
                + ", please upgrade your client to a newer version");
  }

  private static void answer(Route route, Call call) throws IOException {
    try {
      route.handler().handle(call);
    } catch (EngineRefusal e) {
      call.refuse(e.status(), e.words());
    } catch (RuntimeException e) {
      LOG.warn("a simulated engine failed at {}", route.path(), e);
      call.refuse(500, "the simulated engine failed: " + e);
    }
  }
}
