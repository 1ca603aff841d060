package io.rke4j.examples.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rke4j.vsphere.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A simulated vCenter whose first machine is real: a bare host that boots once the machine's seed
 * is there, and gets from it what cloud-init would give it.
 */
final class VsphereMachine implements AutoCloseable {

  private static final String CLOUD_CONFIG = "#cloud-config\n";
  private static final Duration SEEDED = Duration.ofMinutes(5);

  private final String node;
  private final BareHost bare;
  private final Simulator simulator;
  private final CompletableFuture<Void> boot;

  private VsphereMachine(String node, BareHost bare, Simulator simulator) {
    this.node = node;
    this.bare = bare;
    this.simulator = simulator;
    this.boot = CompletableFuture.runAsync(this::bootOnceSeeded);
  }

  /** One for the first machine of a node. */
  static VsphereMachine of(String node, Path folder) throws IOException {
    Lab.buildVcsim();
    BareHost bare = BareHost.switchedOff(folder);
    Path files = Files.createDirectories(folder.resolve("vcenter"));
    return new VsphereMachine(node, bare, Simulator.start(files));
  }

  /** As Rancher's node template has it. */
  Map<String, String> template() {
    Map<String, String> template = new HashMap<>(simulator.template("cloud", 22));
    // VMware Tools would find it out.
    template.put("cfgparam", "SET.guest.ipAddress=" + bare.host().address());
    return template;
  }

  BareHost guest() {
    return bare;
  }

  /** How many machines have a seed now. */
  int seeds() {
    return simulator.seeds().size();
  }

  private void bootOnceSeeded() {
    Eventually.within(SEEDED, this::userData);
    JsonNode seed = userData();
    JsonNode user = seed.at("/users/0");
    bare.boot(
        user.at("/name").asText(),
        user.at("/sudo").asText(),
        user.at("/ssh_authorized_keys/0").asText(),
        seed.at("/ssh_keys/ecdsa_private").asText());
  }

  /** The one line of it. */
  private JsonNode userData() {
    if (seeds() == 0) {
      throw new AssertionError("no machine has a seed");
    }
    try {
      String seed = simulator.seed(node);
      int start = seed.indexOf(CLOUD_CONFIG) + CLOUD_CONFIG.length();
      int end = seed.indexOf('\n', start);
      if (start < CLOUD_CONFIG.length() || end < 0) {
        throw new AssertionError("the seed is not there as a whole");
      }
      return new ObjectMapper().readTree(seed.substring(start, end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (bare;
        simulator) {
      // Whatever else went wrong, this may be why.
      boot.getNow(null);
    }
  }
}
