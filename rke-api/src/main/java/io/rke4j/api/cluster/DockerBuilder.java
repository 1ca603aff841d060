package io.rke4j.api.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what is done about Docker Engine on the hosts. */
public final class DockerBuilder {

  private static final String PATH = "docker";

  /** Made by {@link #tls}. */
  private static final Set<String> RESERVED =
      Set.of("hosts", "tls", "tlsverify", "tlscacert", "tlscert", "tlskey");

  private final Problems problems;
  private final Map<String, Object> options = new TreeMap<>();
  private DockerInstall install = new DockerInstall.None();
  private @Nullable Path certificates;
  private boolean onExistingHosts;

  DockerBuilder(Problems problems) {
    this.problems = problems;
  }

  /** Installs the package of the distribution where there is no Docker Engine. */
  public DockerBuilder install() {
    return install("");
  }

  /**
   * Installs the package of the distribution where there is no Docker Engine.
   *
   * @param version what its version begins with, for example {@code 20.10}
   */
  public DockerBuilder install(String version) {
    return install(() -> new DockerInstall.Distribution(version));
  }

  /**
   * Runs a script where there is no Docker Engine, if it has this SHA-256 checksum.
   *
   * @param url its address
   * @param sha256 its checksum in hexadecimal digits
   */
  public DockerBuilder installScript(String url, String sha256) {
    return installScript(url, sha256, "");
  }

  /** As {@link #installScript(String, String)}, with a version in its environment. */
  public DockerBuilder installScript(String url, String sha256, String version) {
    return install(() -> new DockerInstall.Script(URI.create(url), sha256, version));
  }

  private DockerBuilder install(Supplier<DockerInstall> wanted) {
    if (!(install instanceof DockerInstall.None)) {
      problems.add(PATH + ".install", "is given twice", "keep one of them");
    }
    install = problems.value(PATH + ".install", install, wanted);
    return this;
  }

  /** A setting of the engine as in {@code daemon.json}, for example {@code storage-driver}. */
  public DockerBuilder option(String key, String value) {
    return put(key, value);
  }

  /** A setting that is on or off. */
  public DockerBuilder option(String key, boolean value) {
    return put(key, value);
  }

  /** A setting that is a number. */
  public DockerBuilder option(String key, int value) {
    return put(key, value);
  }

  /** A setting that is a list, for example {@code registry-mirrors}. */
  public DockerBuilder option(String key, List<String> values) {
    return put(key, List.copyOf(values));
  }

  /**
   * A setting that is a map, for example {@code log-opts} or {@code runtimes}. Its values are
   * texts, numbers, booleans, or lists and maps of them.
   */
  public DockerBuilder option(String key, Map<String, ?> values) {
    if (!isPlain(values)) {
      problems.add(
          PATH + ".options." + key,
          "has values that JSON does not have",
          "use texts, numbers, booleans, lists and maps");
      return this;
    }
    return put(key, new TreeMap<>(values));
  }

  private static boolean isPlain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.keySet().stream().allMatch(String.class::isInstance)
          && map.values().stream().allMatch(DockerBuilder::isPlain);
    }
    if (value instanceof List<?> list) {
      return list.stream().allMatch(DockerBuilder::isPlain);
    }
    return value instanceof String || value instanceof Boolean || value instanceof Number;
  }

  private DockerBuilder put(String key, Object value) {
    if (RESERVED.contains(key)) {
      problems.add(PATH + ".options." + key, "cannot be set", "call tls(…) for a port with TLS");
    } else if (options.put(key, value) != null) {
      problems.add(PATH + ".options." + key, "is given twice", "keep one of them");
    }
    return this;
  }

  /**
   * Has the engines listen on port 2376, to clients with a certificate only, as Rancher's machines
   * do.
   *
   * @param folder of this machine, where the authority ({@code ca.pem}, {@code ca-key.pem}) and the
   *     client certificate ({@code cert.pem}, {@code key.pem}) are kept; they are made if they are
   *     not there. It can be the {@code DOCKER_CERT_PATH} of a Docker client.
   */
  public DockerBuilder tls(Path folder) {
    this.certificates = folder;
    return this;
  }

  /** Means hosts that are there already, too, not only machines that a driver makes. */
  public DockerBuilder onExistingHosts() {
    this.onExistingHosts = true;
    return this;
  }

  DockerSpec build() {
    return new DockerSpec(install, options, Optional.ofNullable(certificates), onExistingHosts);
  }
}
