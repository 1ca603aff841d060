package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A simulated vCenter whose first machine is real: a bare host that boots once the machine's seed
 * is there, and gets from it what cloud-init would give it.
 */
final class VsphereMachine implements AutoCloseable {

  private static final String SEED = "rke4j-cidata.iso";
  private static final String CLOUD_CONFIG = "#cloud-config\n";

  private final Path folder;
  private final BareHost bare;
  private final Process simulator;
  private final URI url;
  private final Path certificate;
  private final CompletableFuture<Void> booted;

  private VsphereMachine(Path folder, BareHost bare, Process simulator) throws IOException {
    this.folder = folder;
    this.bare = bare;
    this.simulator = simulator;
    BufferedReader said =
        new BufferedReader(new InputStreamReader(simulator.getInputStream(), UTF_8));
    this.url = URI.create(String.valueOf(said.readLine()));
    this.certificate = Path.of(String.valueOf(said.readLine()));
    this.booted =
        CompletableFuture.runAsync(this::bootOnceSeeded)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    failure.printStackTrace();
                  }
                });
  }

  static VsphereMachine start(Path folder) throws IOException {
    BareHost bare = BareHost.switchedOff(folder);
    Path files = Files.createDirectories(folder.resolve("vcenter"));
    ProcessBuilder program =
        new ProcessBuilder(Lab.vcsim().toString())
            .redirectError(folder.resolve("vcsim.log").toFile());
    program.environment().put("TMPDIR", files.toString());
    return new VsphereMachine(files, bare, program.start());
  }

  /** As Rancher's node template has it, and ours to trust the server. */
  Map<String, String> template() {
    return Map.ofEntries(
        Map.entry("clusterName", "seed"),
        Map.entry("vcenter", url.getHost()),
        Map.entry("vcenterPort", String.valueOf(url.getPort())),
        Map.entry("username", "user"),
        Map.entry("password", "pass"),
        Map.entry("caCertificate", certificate.toString()),
        Map.entry("datacenter", "DC0"),
        Map.entry("pool", "/DC0/host/DC0_C0/Resources"),
        Map.entry("datastore", "LocalDS_0"),
        Map.entry("network", "DC0_DVPG0"),
        Map.entry("creationType", "vm"),
        Map.entry("cloneFrom", "DC0_H0_VM0"),
        // VMware Tools would find it out.
        Map.entry("cfgparam", "SET.guest.ipAddress=" + bare.host().address()),
        Map.entry("sshUser", "cloud"),
        Map.entry("keyFolder", folder.resolve("keys").toString()));
  }

  BareHost guest() {
    return bare;
  }

  /** How many machines have a seed now. */
  long seeds() {
    return find(SEED).stream().count();
  }

  private void bootOnceSeeded() {
    Eventually.within(
        Duration.ofMinutes(5),
        () -> {
          if (userData().isEmpty()) {
            throw new AssertionError("no machine has a seed");
          }
        });
    JsonNode seed = userData().orElseThrow();
    JsonNode user = seed.at("/users/0");
    bare.boot(
        user.at("/name").asText(),
        user.at("/sudo").asText(),
        user.at("/ssh_authorized_keys/0").asText(),
        seed.at("/ssh_keys/ecdsa_private").asText());
  }

  /** The one line of it; empty as long as it is not there as a whole. */
  private Optional<JsonNode> userData() {
    return find(SEED).flatMap(VsphereMachine::userData);
  }

  private static Optional<JsonNode> userData(Path image) {
    try {
      String text = Files.readString(image, ISO_8859_1);
      int start = text.indexOf(CLOUD_CONFIG);
      int end = start < 0 ? -1 : text.indexOf('\n', start + CLOUD_CONFIG.length());
      return end < 0
          ? Optional.empty()
          : Optional.of(
              new ObjectMapper().readTree(text.substring(start + CLOUD_CONFIG.length(), end)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Path> find(String file) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> found = all.filter(path -> path.endsWith(file)).toList();
      return found.stream().findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    booted.cancel(true);
    simulator.getOutputStream().close();
    simulator.destroy();
    bare.close();
  }
}
