package io.rke4j.vsphere.internal.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rke4j.api.cluster.Secret;
import io.rke4j.vsphere.internal.keys.SshKeyPair;
import io.rke4j.vsphere.settings.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image as programs see it that we did not write; each test is skipped where its program is
 * not.
 */
class SeedTest {

  private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me@here";

  private static final SshKeyPair HOST_KEY = SshKeyPair.generate();

  private static final String OWN_CONFIG =
      """
      #cloud-config
      # a comment that stays
      timezone: Europe/Zürich
      groups: [ops]
      users:
        - default
        - name: admin
          lock_passwd: true
      growpart: {mode: "off"}
      runcmd:
        - echo --rke4j-boundary-of-user-data--
      """;

  @TempDir Path folder;

  @Test
  void sameMachineHasTheSameImage() {
    assertThat(seed(OWN_CONFIG).image()).isEqualTo(seed(OWN_CONFIG).image());
  }

  @Test
  void metaDataHasInstanceAndHostname() {
    assertThat(seed("").metaData())
        .isEqualTo("{\"instance-id\": \"5032-abc\", \"local-hostname\": \"cp-1.lab\"}\n");
  }

  @Test
  void filesKeepTheirNames() throws Exception {
    assumeThat(has("isoinfo")).as("isoinfo is installed").isTrue();

    assertThat(run("isoinfo", "-J", "-f", "-i", image("")).lines())
        .containsExactlyInAnyOrder("/meta-data", "/user-data");
    assertThat(run("isoinfo", "-f", "-i", image("")).lines())
        .containsExactlyInAnyOrder("/METADATA.;1", "/USERDATA.;1");
    assertThat(run("isoinfo", "-d", "-i", image("")))
        .contains("Volume id: cidata")
        .contains("Joliet with UCS level 3 found");
  }

  @Test
  void filesHaveTheirContents() throws Exception {
    assumeThat(has("isoinfo")).as("isoinfo is installed").isTrue();

    String large = "#cloud-config\nwrite_files: []\n" + "# filler\n".repeat(2000);
    assertThat(run("isoinfo", "-J", "-x", "/meta-data", "-i", image(large)))
        .isEqualTo(seed(large).metaData());
    assertThat(run("isoinfo", "-J", "-x", "/user-data", "-i", image(large)))
        .isEqualTo(user(large).text());
  }

  @Test
  void volumeIsFoundByItsLabel() throws Exception {
    assumeThat(has("blkid")).as("blkid is installed").isTrue();

    assertThat(run("blkid", "-p", "-o", "export", image("")).lines())
        .contains("TYPE=iso9660", "LABEL=cidata");
  }

  @Test
  void linuxMountsIt() throws Exception {
    assumeThat(Files.isReadable(Path.of("/proc/filesystems"))).as("this is Linux").isTrue();
    assumeThat(Files.readString(Path.of("/proc/filesystems")))
        .as("this kernel has iso9660")
        .contains("iso9660");
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    assumeThat(exit("mount", "-o", "loop,ro", image(""), mounted.toString()))
        .as("this account may mount")
        .isZero();
    try {
      assertThat(mounted.resolve("meta-data")).hasContent(seed("").metaData());
      assertThat(mounted.resolve("user-data")).hasContent(user("").text());
    } finally {
      run("umount", mounted.toString());
    }
  }

  @Test
  void cloudInitReadsOurs() throws Exception {
    assumeCloudInit();

    assertThat(cloudInit(""))
        .contains("meta instance-id 5032-abc", "meta local-hostname cp-1.lab")
        .contains("users ['rancher']", "groups ['staff']", "keys ['" + KEY + "']")
        .contains("sudo ALL=(ALL) NOPASSWD:ALL", "growpart auto", "timezone None")
        .contains("host key " + HOST_KEY.publicKey() + " rke4j", "delete host keys True")
        .contains("private host key " + HOST_KEY.privateKey().reveal().replace("\n", "|"));
  }

  @Test
  void cloudInitMergesOursIntoTheUsers() throws Exception {
    assumeCloudInit();

    assertThat(cloudInit(OWN_CONFIG))
        .contains("users ['default', 'admin', 'rancher']", "groups ['ops', 'staff']")
        .contains("keys ['" + KEY + "']", "timezone Europe/Zürich", "growpart off")
        .contains("runcmd ['echo --rke4j-boundary-of-user-data--']")
        .contains("host key " + HOST_KEY.publicKey() + " rke4j", "delete host keys True");
  }

  private static void assumeCloudInit() throws Exception {
    assumeThat(exit("python3", "-c", "import cloudinit.user_data, yaml"))
        .as("python3 has cloud-init")
        .isZero();
  }

  /** What cloud-init's own code makes of the image's files. */
  private List<String> cloudInit(String config) throws Exception {
    assumeThat(has("isoinfo")).as("isoinfo is installed").isTrue();
    Path seed = Files.createDirectories(folder.resolve("seed"));
    for (String name : List.of("meta-data", "user-data")) {
      Files.writeString(
          seed.resolve(name), run("isoinfo", "-J", "-x", "/" + name, "-i", image(config)));
    }
    Path script = folder.resolve("read.py");
    try (var text = SeedTest.class.getResourceAsStream("read-seed.py")) {
      Files.write(script, text.readAllBytes());
    }
    return run("python3", script.toString(), seed.toString()).lines().toList();
  }

  private String image(String config) throws IOException {
    return Files.write(folder.resolve("seed.iso"), seed(config).image()).toString();
  }

  private static Seed seed(String config) {
    return new Seed("5032-abc", "cp-1.lab", user(config));
  }

  private static UserData user(String config) {
    return new UserData(
        new Account("rancher", "staff", 22), List.of(KEY), HOST_KEY, Secret.of(config));
  }

  private static boolean has(String program) throws Exception {
    return exit("sh", "-c", "command -v " + program) == 0;
  }

  private static int exit(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
