package io.rke4j.core.document;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Secrets, and what else is to be, are encrypted in etcd: an {@code EncryptionConfiguration}.
 * It is never quoted.
 */
public final class EncryptionFile {

  /** Where it lies on a host. */
  public static final String PATH = "/etc/kubernetes/ssl/encryption.yaml";

  /** What is encrypted unless somebody asks for more. */
  public static final String SECRETS = "secrets";

  /** Stands for no key at all: what reads and writes everything as it is. */
  public static final Secret PLAIN = Secret.of("identity");

  private static final String VERSION = "apiserver.config.k8s.io/v1";
  private static final String KIND = "EncryptionConfiguration";
  static final String PROVIDERS = "providers";
  private static final String CBC = "aescbc";
  private static final String KEYS = "keys";
  private static final String SECRET = "secret";
  private static final Set<String> KNOWN = Set.of("identity", CBC, "aesgcm", "secretbox", "kms");
  private static final int KEY_BYTES = 32;

  private EncryptionFile() {}

  /** One with a new key, for Secrets alone; those that are not encrypted yet can be read, too. */
  public static Secret generate(SecureRandom random) {
    return withKeys(List.of(newKey(random)));
  }

  /**
   * The same with a further, new key that is written with; what is written can still be read.
   *
   * @param rewritten whether everything is written with the key before; else any of those that are
   *     there may still be needed
   */
  public static Secret renewed(Secret generated, boolean rewritten, SecureRandom random) {
    List<Map<String, Object>> before = generatedKeys(generated);
    List<Map<String, Object>> keys = new ArrayList<>(List.of(newKey(random)));
    keys.addAll(rewritten ? before.subList(0, 1) : before);
    return withKeys(keys);
  }

  private static List<Map<String, Object>> generatedKeys(Secret generated) {
    return read(generated).stream()
        .flatMap(resource -> providers(resource).stream())
        .flatMap(provider -> YamlDocument.maps(YamlDocument.map(provider, CBC).get(KEYS)).stream())
        .toList();
  }

  private static Map<String, Object> newKey(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    String name = "key-" + Integer.toString(random.nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
    return Map.of("name", name, SECRET, Base64.getEncoder().encodeToString(key));
  }

  private static Secret withKeys(List<Map<String, Object>> keys) {
    Map<String, Object> provider = Map.of(CBC, Map.of(KEYS, keys));
    Map<String, Object> resource =
        Map.of(
            "resources",
            List.of(SECRETS),
            PROVIDERS,
            List.of(provider, Map.of("identity", Map.of())));
    return Secret.of(
        YamlDocument.write(
            Map.of("apiVersion", VERSION, "kind", KIND, "resources", List.of(resource))));
  }

  /** What is wrong with a configuration of the user's own. */
  public static List<SpecProblem> problems(String path, Secret configuration) {
    DocumentProblems problems = new DocumentProblems(path);
    Map<String, Object> fields = problems.object(configuration.reveal(), KIND, VERSION);
    List<Map<String, Object>> resources = resources(fields);
    if (!fields.isEmpty() && resources.isEmpty()) {
      problems.add("resources", "names no resources", "");
    }
    for (int index = 0; index < resources.size(); index++) {
      String at = "resources[" + index + "]";
      if (!(resources.get(index).get("resources") instanceof List<?> names) || names.isEmpty()) {
        problems.add(at + ".resources", "names nothing to encrypt", "write [secrets]");
      }
      providers(at, providers(resources.get(index)), problems);
    }
    return problems.found();
  }

  private static void providers(
      String at, List<Map<String, Object>> providers, DocumentProblems problems) {
    if (providers.isEmpty()) {
      problems.add(at + "." + PROVIDERS, "names no provider", "");
    }
    for (int index = 0; index < providers.size(); index++) {
      Map<String, Object> provider = providers.get(index);
      String path = at + "." + PROVIDERS + "[" + index + "]";
      if (provider.size() != 1 || !KNOWN.containsAll(provider.keySet())) {
        problems.add(path, "must be one of identity, aescbc, aesgcm, secretbox and kms", "");
        continue;
      }
      String kind = provider.keySet().iterator().next();
      if (kind.matches("aes.*|secretbox")) {
        keys(path + "." + kind + ".keys", kind, YamlDocument.map(provider, kind), problems);
      }
    }
  }

  /** An API server does not start with a key of another length. */
  private static void keys(
      String path, String kind, Map<String, Object> settings, DocumentProblems problems) {
    List<Map<String, Object>> keys = YamlDocument.maps(settings.get(KEYS));
    if (keys.stream().noneMatch(EncryptionFile::isNamed)) {
      problems.add(path, "has no key with a name and a secret", "");
    }
    Set<Integer> lengths = kind.equals("secretbox") ? Set.of(32) : Set.of(16, 24, 32);
    for (int index = 0; index < keys.size(); index++) {
      Map<String, Object> key = keys.get(index);
      if (isNamed(key) && !lengths.contains(bytesIn(YamlDocument.text(key, SECRET)))) {
        problems.add(
            path + "[" + index + "].secret",
            "is not the base64 of " + (lengths.size() == 1 ? "32 bytes" : "16, 24 or 32 bytes"),
            "head -c 32 /dev/urandom | base64");
      }
    }
  }

  private static boolean isNamed(Map<String, Object> key) {
    return !YamlDocument.text(key, "name").isEmpty() && !YamlDocument.text(key, SECRET).isEmpty();
  }

  private static int bytesIn(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length;
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  /**
   * The same with everything written in plain: what was encrypted before can still be read, and
   * becomes plain when it is written again.
   */
  public static Secret decrypting(Secret configuration) {
    List<Map<String, Object>> resources = new ArrayList<>();
    for (Map<String, Object> resource : read(configuration)) {
      Map<String, Object> plain = new TreeMap<>(resource);
      plain.put(PROVIDERS, writingPlain(providers(resource)));
      resources.add(plain);
    }
    return withResources(configuration, resources);
  }

  private static List<Map<String, Object>> writingPlain(List<Map<String, Object>> providers) {
    List<Map<String, Object>> plain = new ArrayList<>();
    plain.add(Map.of("identity", Map.of()));
    providers.stream().filter(it -> !it.containsKey("identity")).forEach(plain::add);
    return plain;
  }

  /** The same for other resources. */
  static Secret withResources(Secret configuration, List<Map<String, Object>> resources) {
    Map<String, Object> fields =
        new TreeMap<>(YamlDocument.read(configuration.reveal()).orElseThrow());
    fields.put("resources", resources);
    return Secret.of(YamlDocument.write(fields));
  }

  /** What is encrypted otherwise than by these providers, with this key, is still read by them. */
  static List<Map<String, Object>> writingWith(Secret key, List<Map<String, Object>> providers) {
    if (key.equals(PLAIN)) {
      return writingPlain(providers);
    }
    List<Map<String, Object>> first = new ArrayList<>();
    List<Map<String, Object>> others = new ArrayList<>();
    for (Map<String, Object> provider : providers) {
      if (first.isEmpty() && keysOf(provider).anyMatch(key::equals)) {
        first.add(withFirst(key, provider));
      } else {
        others.add(provider);
      }
    }
    first.addAll(others);
    return first;
  }

  private static Map<String, Object> withFirst(Secret key, Map<String, Object> provider) {
    String kind = provider.keySet().iterator().next();
    Map<String, Object> settings = new TreeMap<>(YamlDocument.map(provider, kind));
    if (settings.containsKey(KEYS)) {
      List<Map<String, Object>> keys = new ArrayList<>(YamlDocument.maps(settings.get(KEYS)));
      keys.sort(Comparator.comparing(one -> !named(kind, one).equals(key)));
      settings.put(KEYS, keys);
    }
    return Map.of(kind, settings);
  }

  private static Secret named(String kind, Map<String, Object> key) {
    return Secret.of(kind + " " + key);
  }

  /** The names of all that is encrypted. */
  public static Set<String> resourceNames(Secret configuration) {
    return read(configuration).stream()
        .flatMap(EncryptionFile::names)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Everything that this can read a resource with; what it does not name, it reads as it is. */
  public static Set<Secret> keys(Secret configuration, String resource) {
    return keys(configuration, resource, Integer.MAX_VALUE);
  }

  /** What this writes a resource with: the first key of the first provider. */
  public static Set<Secret> writingKeys(Secret configuration, String resource) {
    return keys(configuration, resource, 1);
  }

  /** The first entry that covers a resource is the one in force for it. */
  private static Set<Secret> keys(Secret configuration, String resource, int most) {
    return inForce(configuration, resource)
        .map(
            entry ->
                providers(entry).stream()
                    .limit(most)
                    .flatMap(provider -> keysOf(provider).limit(most))
                    .collect(Collectors.toSet()))
        .orElse(Set.of(PLAIN));
  }

  /** The entry for a resource, if there is one. */
  static Optional<Map<String, Object>> inForce(Secret configuration, String resource) {
    EncryptedResource wanted = EncryptedResource.of(resource);
    return read(configuration).stream()
        .filter(entry -> names(entry).map(EncryptedResource::of).anyMatch(it -> it.covers(wanted)))
        .findFirst();
  }

  private static Stream<String> names(Map<String, Object> resource) {
    return resource.get("resources") instanceof List<?> names
        ? names.stream().map(String::valueOf)
        : Stream.empty();
  }

  private static List<Map<String, Object>> read(Secret configuration) {
    return resources(YamlDocument.read(configuration.reveal()).orElse(Map.of()));
  }

  private static List<Map<String, Object>> resources(Map<String, Object> fields) {
    return YamlDocument.maps(fields.get("resources"));
  }

  static List<Map<String, Object>> providers(Map<String, Object> resource) {
    return YamlDocument.maps(resource.get(PROVIDERS));
  }

  /** The keys of a provider; a key service counts as one, and so does none. */
  private static Stream<Secret> keysOf(Map<String, Object> provider) {
    return provider.keySet().stream()
        .flatMap(
            kind -> {
              if (kind.equals("identity")) {
                return Stream.of(PLAIN);
              }
              Map<String, Object> settings = YamlDocument.map(provider, kind);
              return kind.equals("kms")
                  ? List.of(Secret.of(kind + " " + settings)).stream()
                  : YamlDocument.maps(settings.get(KEYS)).stream()
                      .filter(EncryptionFile::isNamed)
                      .map(key -> named(kind, key));
            });
  }
}
