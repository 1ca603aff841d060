package io.rke4j.core.config;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads files that are nearly right, for as long as one likes. Whatever is in a file, it is refused
 * with reasons, or it can be planned to the last container and manifest; nothing else comes out,
 * and neither takes long.
 *
 * <pre>mvn test-compile, then with the test class path, from rke-core:
 * java -Xmx256m io.rke4j.core.config.ReaderFuzz SECONDS [SEED]</pre>
 *
 * <p>Fuzzers that are guided by coverage, such as Jazzer, find {@link #fuzzerTestOneInput}.
 */
public final class ReaderFuzz implements AutoCloseable {

  /** How a file fared. */
  enum Outcome {
    /** It cannot be provisioned, and the user hears why. */
    REFUSED,
    /** It can be provisioned. */
    PLANNED
  }

  private static final Path GOLDEN = Path.of("src/test/resources/golden/cluster-yml");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final ClusterProvisioner rke;

  /** Reads in a folder of its own. */
  ReaderFuzz(Path folder) throws IOException {
    this.folder = folder;
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    Files.copy(
        ClusterYamlTest.FILES.resolve("manifests/quota.yml"), manifests.resolve("quota.yml"));
    this.rke = ClusterProvisioner.builder().stateDirectory(folder.resolve("state")).build();
  }

  /** All files of the tests, changed. */
  static MutatedFiles files(long seed) throws IOException {
    return new MutatedFiles(seed, ClusterYamlTest.FILES, GOLDEN);
  }

  /**
   * Reads a file.
   *
   * @throws AssertionError if it is refused without a reason, or takes long
   */
  Outcome read(byte[] content) throws IOException {
    Path file = folder.resolve("cluster.yml");
    Files.write(file, content);
    long begin = System.nanoTime();
    Outcome outcome = outcome(file);
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    if (taken.compareTo(PATIENCE) > 0) {
      throw new AssertionError("it took " + taken);
    }
    return outcome;
  }

  private Outcome outcome(Path file) {
    try {
      ClusterSpec spec = new ClusterYaml().read(file);
      if (rke.planOffline(spec).render().isEmpty()) {
        throw new AssertionError("a plan that says nothing");
      }
      return Outcome.PLANNED;
    } catch (InvalidSpecException e) {
      if (e.problems().isEmpty() || e.problems().stream().anyMatch(p -> p.problem().isBlank())) {
        throw new AssertionError("refused without a reason", e);
      }
      return Outcome.REFUSED;
    }
  }

  @Override
  public void close() {
    rke.close();
  }

  private static final class Shared {
    static final ReaderFuzz FUZZ = open();

    private static ReaderFuzz open() {
      try {
        return new ReaderFuzz(Files.createTempDirectory("rke4j-fuzz"));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** One file of a fuzzer's. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    // No web server is asked for a manifest that was made up.
    if (!text.contains("addons_include")) {
      Shared.FUZZ.read(data);
    }
  }

  /** Runs for some seconds; ends with 1 if there was a finding. */
  public static void main(String[] arguments) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    PrintStream out = System.out;
    out.println("seed " + seed);
    MutatedFiles files = files(seed);
    Map<Outcome, Long> count = new EnumMap<>(Outcome.class);
    int findings = 0;
    Path folder = Files.createTempDirectory("rke4j-fuzz");
    try (ReaderFuzz fuzz = new ReaderFuzz(folder)) {
      while (System.nanoTime() < end) {
        String text = files.next();
        try {
          count.merge(fuzz.read(text.getBytes(StandardCharsets.UTF_8)), 1L, Long::sum);
        } catch (RuntimeException | Error e) {
          Path kept = folder.resolve("finding-" + ++findings + ".yml");
          Files.writeString(kept, text);
          out.println(kept + ": " + e);
          e.printStackTrace(out);
        }
      }
    }
    out.println(count + ", findings: " + findings);
    System.exit(findings == 0 ? 0 : 1);
  }
}
