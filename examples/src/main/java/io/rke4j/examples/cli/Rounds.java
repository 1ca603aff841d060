package io.rke4j.examples.cli;

import io.rke4j.api.ClusterFile;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

/**
 * Builds a cluster several times in one JVM, as a program does that embeds the library, and says
 * how long each time took from nothing known to every node Ready and every addon's Job done.
 */
public final class Rounds {

  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

  private Rounds() {}

  /** Takes a cluster.yml, how many rounds, and a command that makes the hosts as new. */
  public static void main(String[] words)
      throws IOException, InterruptedException, TimeoutException {
    ClusterSpec spec = ClusterFile.read(Path.of(words[0]));
    for (int round = 0; round < Integer.parseInt(words[1]); round++) {
      prepare(words[2]);
      build(spec, round);
    }
  }

  private static void prepare(String command) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(command + " ended with exit code " + exit);
    }
  }

  private static void build(ClusterSpec spec, int round)
      throws IOException, InterruptedException, TimeoutException {
    Path state = Files.createTempDirectory("rounds");
    Timeline timeline = new Timeline();
    Instant start = Instant.now();
    try (ClusterProvisioner rke =
        ClusterProvisioner.builder()
            .stateDirectory(state)
            .hostKeys(new HostKeyPolicy.TrustOnFirstUse(state.resolve("known_hosts")))
            .listener(timeline)
            .build()) {
      rke.apply(rke.plan(spec)).await(LONGEST_RUN);
      Duration took = Duration.between(start, Instant.now());
      System.out.println("round " + round + ": " + ProgressDisplay.seconds(took).strip());
      System.out.print(timeline.summary());
    }
  }
}
