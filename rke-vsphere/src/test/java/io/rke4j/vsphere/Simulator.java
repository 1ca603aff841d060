package io.rke4j.vsphere;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.rke4j.api.cluster.MachineSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.vsphere.settings.Account;
import io.rke4j.vsphere.settings.GuestAccess;
import io.rke4j.vsphere.settings.Hardware;
import io.rke4j.vsphere.settings.Labels;
import io.rke4j.vsphere.settings.LoginKey;
import io.rke4j.vsphere.settings.MachineSource;
import io.rke4j.vsphere.settings.Placement;
import io.rke4j.vsphere.settings.ServerTrust;
import io.rke4j.vsphere.settings.Storage;
import io.rke4j.vsphere.settings.VApp;
import io.rke4j.vsphere.settings.VsphereConnection;
import io.rke4j.vsphere.settings.VsphereSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A vCenter of lies in a process of its own: what {@code lab vcsim} has built. */
public final class Simulator implements AutoCloseable {

  /** The address that the simulator's guests have. */
  public static final String ADDRESS = "10.1.2.3";

  private final Process process;
  private final URI url;
  private final Path certificate;
  private final Path files;

  private Simulator(Process process, Path files) throws IOException {
    this.process = process;
    this.files = files;
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.url = URI.create(String.valueOf(output.readLine()));
    this.certificate = Path.of(String.valueOf(output.readLine()));
  }

  /** Starts one, or skips the test if none is built. */
  public static Simulator start(Path folder, String... flags) throws IOException {
    return start("vcsim", folder, flags);
  }

  /** Starts the older one that Debian packages, or skips the test if it is not built. */
  public static Simulator startDebians(Path folder) throws IOException {
    return start("vcsim-debian", folder);
  }

  private static Simulator start(String kind, Path folder, String... flags) throws IOException {
    Optional<Path> program = program(kind);
    assumeThat(program).as("%s is built: rke-testkit/lab/lab %s builds it", kind, kind).isPresent();
    List<String> command = new ArrayList<>(List.of(program.orElseThrow().toString()));
    command.addAll(List.of(flags));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("vcsim.log").toFile());
    builder.environment().put("TMPDIR", folder.toString());
    return new Simulator(builder.start(), folder);
  }

  /** The newest one that is built. */
  private static Optional<Path> program(String kind) throws IOException {
    String cache =
        Optional.ofNullable(System.getenv("RKE4J_LAB_CACHE"))
            .or(
                () ->
                    Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                        .map(home -> home + "/rke4j-lab"))
            .orElse(System.getProperty("user.home") + "/.cache/rke4j-lab");
    Path folder = Path.of(cache, kind);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(folder)) {
      return versions
          .map(version -> version.resolve("vcsim"))
          .filter(Files::isExecutable)
          .max(Comparator.comparing(path -> path.toFile().lastModified()));
    }
  }

  public VsphereConnection connection() {
    return connection("pass", ServerTrust.authority(certificate));
  }

  public VsphereConnection connection(String password, ServerTrust trust) {
    return new VsphereConnection(url.getHost(), url.getPort(), "user", Secret.of(password), trust);
  }

  /** The fingerprint of its certificate. */
  public String fingerprint() throws Exception {
    try (InputStream pem = Files.newInputStream(certificate)) {
      byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(pem).getEncoded();
      return HexFormat.ofDelimiter(":")
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    }
  }

  /** Where drivers keep their keys. */
  public Path keyFolder() {
    return files.resolve("keys");
  }

  /** A node template of Rancher for machines in here, and our own keys to trust it. */
  public Map<String, String> template(String user, int sshPort) {
    return Map.ofEntries(
        Map.entry("clusterName", "demo"),
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
        Map.entry("sshUser", user),
        Map.entry("sshPort", String.valueOf(sshPort)),
        Map.entry("keyFolder", keyFolder().toString()));
  }

  public VsphereSettings settings() {
    return settings(placement(), "DC0_H0_VM0", Labels.none());
  }

  public static Placement placement() {
    return new Placement(
        "DC0",
        "",
        "/DC0/host/DC0_C0/Resources",
        "",
        new Storage.Datastore("LocalDS_0"),
        List.of("DC0_DVPG0", "VM Network"));
  }

  public VsphereSettings settings(Placement placement, String source, Labels labels) {
    GuestAccess guest =
        new GuestAccess(
            new Account("rancher", "staff", 22),
            new LoginKey.Made(List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me@here")),
            keyFolder(),
            Secret.of(""),
            Duration.ofSeconds(20),
            Duration.ZERO);
    // Where no guest runs, the simulator takes the address from this.
    Hardware hardware =
        new Hardware(
            2, 2048, 20480, Map.of("SET.guest.ipAddress", ADDRESS, "disk.enableUUID", "TRUE"));
    return new VsphereSettings(
        "demo",
        connection(),
        placement,
        new MachineSource.Clone(source),
        hardware,
        guest,
        VApp.none(),
        labels);
  }

  /** The same, with guests that may take some time to shut down. */
  public VsphereSettings settings(Duration shutdownTimeout) {
    VsphereSettings plain = settings();
    GuestAccess guest = plain.guest();
    return new VsphereSettings(
        plain.cluster(),
        plain.connection(),
        plain.placement(),
        plain.source(),
        plain.hardware(),
        new GuestAccess(
            guest.account(),
            guest.login(),
            guest.keyFolder(),
            guest.cloudConfig(),
            guest.addressTimeout(),
            shutdownTimeout),
        plain.vApp(),
        plain.labels());
  }

  /** Settings for machines whose addresses and SSH servers are those of {@link Guests}. */
  public VsphereSettings settingsForGuests(int sshPort) {
    VsphereSettings plain = settings();
    GuestAccess guest =
        new GuestAccess(
            new Account("rke", "staff", sshPort),
            new LoginKey.Made(List.of()),
            keyFolder(),
            Secret.of(""),
            Duration.ofSeconds(60),
            Duration.ZERO);
    return new VsphereSettings(
        plain.cluster(),
        plain.connection(),
        plain.placement(),
        plain.source(),
        new Hardware(2, 2048, 20480, Map.of()),
        guest,
        VApp.none(),
        plain.labels());
  }

  /** A node with a machine of 4 processors, 4 GiB and 40 GiB. */
  public static NodeSpec node(String name) {
    return node(name, new VirtualMachine(4, "4Gi", "40Gi"));
  }

  public static NodeSpec node(String name, MachineSpec machine) {
    return new NodeSpec(NodeName.of(name), Set.of(Role.WORKER), machine, Map.of(), List.of());
  }

  /** The bytes of a machine's seed, one character each: its files are stored in it as they are. */
  public String seed(String machine) throws IOException {
    try (Stream<Path> all = Files.walk(files)) {
      Path image =
          all.filter(path -> path.endsWith(Path.of(machine, "rke4j-cidata.iso")))
              .findFirst()
              .orElseThrow();
      return Files.readString(image, StandardCharsets.ISO_8859_1);
    }
  }

  /** The seeds that are in datastores now. */
  public List<String> seeds() {
    try (Stream<Path> all = Files.walk(files)) {
      return all.filter(path -> path.toString().endsWith(".iso"))
          .map(path -> path.subpath(path.getNameCount() - 2, path.getNameCount()).toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
