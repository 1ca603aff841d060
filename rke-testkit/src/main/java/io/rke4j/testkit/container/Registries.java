package io.rke4j.testkit.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registries of the world, as the hosts of a fleet see them: every image that is asked for is
 * there, unless a test says otherwise. Thread-safe.
 */
public final class Registries {

  private static final String ANY = "*";

  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final Map<String, Integer> corrupt = new ConcurrentHashMap<>();
  private final Map<String, Login> logins = new ConcurrentHashMap<>();
  private final Map<String, ObjectNode> described = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  /**
   * Who may pull from a registry.
   *
   * @param user the account
   * @param password its password
   */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /** Has every pull of an image fail with these words of a registry. */
  public void refuse(String image, String words) {
    refusals.put(ImageName.parse(image).toString(), words);
  }

  /**
   * Says what an image brings to its containers; of the images of clusters it is known.
   *
   * @param config as the engine's API has it: {@code Env}, {@code Cmd}, {@code Entrypoint}, …
   */
  public void describe(String image, ObjectNode config) {
    described.put(ImageName.parse(image).toString(), config.deepCopy());
  }

  /**
   * Has every pull of an image bring a layer that is not what its digest says, as after a failure
   * of the registry's storage, or behind a proxy that changes what it carries.
   */
  public void corrupt(String image) {
    corrupt(image, Integer.MAX_VALUE);
  }

  /** The same for the next pulls only. */
  public void corrupt(String image, int pulls) {
    corrupt.put(ImageName.parse(image).toString(), pulls);
  }

  /** Has the next pulls be corrupt, of whichever images, on whichever hosts. */
  public void corruptNext(int pulls) {
    corrupt.put(ANY, pulls);
  }

  /** Lets the image be pulled again, as it should be. */
  public void admit(String image) {
    refusals.remove(ImageName.parse(image).toString());
    corrupt.remove(ImageName.parse(image).toString());
  }

  /** Lets all images be pulled as they should be; what is refused stays so. */
  public void repair() {
    corrupt.clear();
  }

  /** Whether this download of an image goes wrong; the next one may not. */
  boolean corrupts(ImageName name) {
    return takes(name.toString()) || takes(ANY);
  }

  private boolean takes(String key) {
    boolean[] taken = new boolean[1];
    corrupt.computeIfPresent(
        key,
        (same, left) -> {
          taken[0] = true;
          return left == Integer.MAX_VALUE ? left : left > 1 ? Integer.valueOf(left - 1) : null;
        });
    return taken[0];
  }

  /** Has a registry, for example {@code registry.example.com}, ask for a login. */
  public void protect(String registry, Login login) {
    logins.put(registry, login);
  }

  /** All images that were asked for, by any host. */
  public Set<String> asked() {
    return Set.copyOf(asked);
  }

  /**
   * Finds an image.
   *
   * @param auth the login that came with the request, as the engine's clients send it
   * @throws EngineRefusal if the registry does not give it
   */
  public Image find(ImageName name, ObjectNode auth) {
    asked.add(name.toString());
    Login login = logins.get(name.registry());
    if (login != null) {
      require(login, name, auth);
    }
    String refusal = refusals.get(name.toString());
    if (refusal != null) {
      throw refusal.startsWith("manifest")
          ? EngineRefusal.notFound(refusal)
          : EngineRefusal.failed(refusal);
    }
    ObjectNode config = described.get(name.toString());
    return Image.of(
        name.toString(), config == null ? KnownImages.config(name.repository()) : config);
  }

  private static void require(Login login, ImageName name, ObjectNode auth) {
    String url = "https://" + name.registry() + "/v2/" + name.repository() + "/manifests/";
    if (auth.path("username").asText("").isEmpty()) {
      throw EngineRefusal.failed("Head \"" + url + name.tag() + "\": no basic auth credentials");
    }
    Login given = new Login(auth.path("username").asText(), auth.path("password").asText(""));
    if (!given.equals(login)) {
      throw EngineRefusal.failed(
          "Head \"" + url + name.tag() + "\": unauthorized: authentication required");
    }
  }
}
