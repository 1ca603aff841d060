package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Real hosts, made by {@code rke-testkit/lab/lab}. Their names begin with the environment's {@code
 * RKE4J_LAB_PREFIX}, so that several runs on one machine stay out of each other's way.
 */
record Lab(List<LabHost> hosts, Path key, Path knownHosts) {

  private static final Duration COLD = Duration.ofMinutes(60);
  private static final Pattern HOST = Pattern.compile("(\\S+)=(\\S+)");

  Lab {
    hosts = List.copyOf(hosts);
  }

  /** The first hosts, as new. */
  static Lab withFreshHosts(int count) {
    String running = run("up", String.valueOf(count));
    run("reset");
    List<LabHost> hosts =
        HOST.matcher(running)
            .results()
            .map(found -> new LabHost(found.group(1), found.group(2)))
            .toList();
    if (hosts.size() != count) {
      throw new AssertionError("the lab has not said where its hosts are, but:\n" + running);
    }
    return new Lab(hosts, Path.of(run("key").strip()), writtenDown(run("known-hosts")));
  }

  /** Builds the simulator of vSphere, unless that is done. */
  static void buildVcsim() {
    run("vcsim");
  }

  /** Has the registry serve what the newest Kubernetes needs. */
  static void buildNewestImages() {
    run("newest");
  }

  /** Those of these images that the registry cannot give to the hosts. */
  static List<String> missing(String... images) {
    String[] words = Stream.concat(Stream.of("missing"), Stream.of(images)).toArray(String[]::new);
    return run(words).lines().toList();
  }

  /** Makes all hosts as new. */
  void reset() {
    run("reset");
  }

  /** A registry that wants a login, trusted by the hosts as they are now. */
  PrivateRegistry privateRegistry() {
    Properties said = new Properties();
    try {
      said.load(new StringReader(run("private-registry")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PrivateRegistry.of(said);
  }

  /** The Docker network of the hosts. */
  String network() {
    return inspect("{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}");
  }

  /** Where the hosts pull images from in place of docker.io. */
  String registryMirror() {
    return inspect("{{range .Config.Env}}{{println .}}{{end}}")
        .lines()
        .filter(line -> line.startsWith("LAB_REGISTRY="))
        .findFirst()
        .orElseThrow()
        .substring("LAB_REGISTRY=".length());
  }

  private String inspect(String format) {
    return Command.of("docker", "inspect", "--format", format, host(1).name()).output().strip();
  }

  LabHost host(int number) {
    return hosts.get(number - 1);
  }

  /** The kubectl that the lab has built. */
  static Path kubectl() {
    String cache = System.getenv("RKE4J_LAB_CACHE");
    String general = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"));
    Path caches = general == null ? home.resolve(".cache") : Path.of(general);
    Path folder = cache == null ? caches.resolve("rke4j-lab") : Path.of(cache);
    return folder.resolve("bin/kubectl");
  }

  private static String run(String... words) {
    Command.Outcome outcome = Command.of(program()).and(words).within(COLD).run();
    if (outcome.exitCode() != 0) {
      throw new AssertionError(
          "these tests need the lab, and it cannot run here (see rke-testkit/lab/README.md)."
              + " 'lab "
              + String.join(" ", words)
              + "' says:\n"
              + outcome.errors());
    }
    return outcome.output();
  }

  private static String program() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("rke-testkit/lab/lab"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new AssertionError("these tests run only within the project: no rke-testkit/lab/lab");
    }
    return folder.resolve("rke-testkit/lab/lab").toString();
  }

  private static Path writtenDown(String knownHosts) {
    try {
      Path file = Files.createTempFile("rke4j-lab", ".known-hosts");
      file.toFile().deleteOnExit();
      return Files.writeString(file, knownHosts, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
