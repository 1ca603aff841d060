package io.rke4j.vsphere.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.SshKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VsphereSettingsTest {

  private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me@here";

  @Test
  void readsWhatATemplateOfRancherSays() {
    VsphereSettings settings =
        read(
            Map.of(
                "network", "/dc1/network/front\n/dc1/network/back",
                "datastoreCluster", "fast",
                "cfgparam", "disk.enableUUID=TRUE\nguestinfo.note=a=b",
                "cpuCount", "4",
                "memorySize", "8192",
                "sshUser", "rancher",
                "tag", "urn:vmomi:InventoryServiceTag:1:GLOBAL",
                "customAttribute", "101=team a",
                "boot2dockerUrl", "",
                "addressTimeout", "90"));

    assertThat(settings.cluster()).isEqualTo("demo");
    assertThat(settings.placement().networks())
        .containsExactly("/dc1/network/front", "/dc1/network/back");
    assertThat(settings.placement().storage()).isEqualTo(new Storage.DatastoreCluster("fast"));
    assertThat(settings.hardware().parameters())
        .containsEntry("disk.enableUUID", "TRUE")
        .containsEntry("guestinfo.note", "a=b");
    assertThat(settings.hardware().memory()).isEqualTo("8192Mi");
    assertThat(settings.source()).isEqualTo(new MachineSource.Clone("ubuntu"));
    assertThat(settings.guest().account().user()).isEqualTo("rancher");
    assertThat(settings.guest().account().group()).isEqualTo("staff");
    assertThat(settings.guest().addressTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.labels().attributes()).containsEntry(101, "team a");
    assertThat(settings.connection().root()).hasToString("https://vcenter.example:443");
  }

  @Test
  void namesEveryProblemAtOnce() {
    InvalidSpecException refused =
        catchThrowableOfType(
            InvalidSpecException.class,
            () ->
                VsphereSettings.fromRancher(
                    Map.of(
                        "clusterName", "Not A Name",
                        "colour", "green",
                        "vcenterPort", "many",
                        "creationType", "legacy",
                        "datastore", "a",
                        "datastoreCluster", "b",
                        "vappProperty", "x=y",
                        "customAttribute", "owner=me",
                        "os", "windows",
                        "certificateFingerprint", "12:34")));

    assertThat(refused.problems())
        .extracting(problem -> problem.path())
        .containsExactlyInAnyOrder(
            "colour",
            "clusterName",
            "vcenter",
            "vcenterPort",
            "username",
            "password",
            "certificateFingerprint",
            "datastore",
            "creationType",
            "cloneFrom",
            "vappTransport",
            "customAttribute",
            "os");
  }

  @Test
  void refusesToSetItsOwnMarks() {
    assertThat(problems(Map.of("cfgparam", "rke4j.cluster=other"))).containsExactly("cfgparam");
  }

  @Test
  void refusesAPublicKeyThatCouldSmuggleIn() {
    assertThat(problems(Map.of("sshAuthorizedKey", "command=\"sh\" ssh-rsa AAAA")))
        .containsExactly("sshAuthorizedKey");
  }

  @Test
  void takesTheKeyOfTheUser() {
    assertThat(read(Map.of()).guest().login())
        .isEqualTo(new LoginKey.Given(SshKey.file(Path.of("/keys/id")), List.of(KEY)));
  }

  @Test
  void aKeyThatIsNotGivenIsMade() {
    GuestAccess guest = read(Map.of("sshKeyPath", "")).guest();

    assertThat(guest.login()).isEqualTo(new LoginKey.Made(List.of(KEY)));
    assertThat(guest.keyFolder().endsWith(Path.of(".rke4j", "vsphere", "demo"))).isTrue();
    assertThat(read(Map.of("keyFolder", "/keys/of/demo")).guest().keyFolder())
        .isEqualTo(Path.of("/keys/of/demo"));
  }

  @Test
  void refusesAKeyWithoutItsPublicHalf() {
    assertThat(problems(Map.of("sshAuthorizedKey", ""))).containsExactly("sshAuthorizedKey");
  }

  @Test
  void leavesTheHostKeysToTheDriver() {
    assertThat(problems(Map.of("cloudConfig", "#cloud-config\nssh_keys: {}")))
        .containsExactly("cloudConfig");
  }

  @Test
  void refusesAScriptAsCloudConfig() {
    assertThat(problems(Map.of("cloudConfig", "#!/bin/sh"))).containsExactly("cloudConfig");
  }

  @Test
  void takesTheFingerprintAsBrowsersShowIt() {
    assertThat(read(Map.of("certificateFingerprint", "AB:".repeat(31) + "CD")).connection().trust())
        .isEqualTo(new ServerTrust.Pinned("ab".repeat(31) + "cd"));
  }

  @Test
  void printsNoSecret() {
    String printed =
        read(Map.of(
                "cfgparam", "guestinfo.token=MARKER",
                "cloudConfig", "write_files: MARKER",
                "vappTransport", "iso",
                "vappProperty", "pw=MARKER",
                "password", "MARKER"))
            .toString();

    assertThat(printed).doesNotContain("MARKER").contains("guestinfo.token");
  }

  private static List<String> problems(Map<String, String> more) {
    return catchThrowableOfType(InvalidSpecException.class, () -> read(more)).problems().stream()
        .map(problem -> problem.path())
        .toList();
  }

  private static VsphereSettings read(Map<String, String> more) {
    Map<String, String> template = new HashMap<>();
    template.put("clusterName", "demo");
    template.put("vcenter", "vcenter.example");
    template.put("username", "rke@vsphere.local");
    template.put("password", "secret");
    template.put("creationType", "template");
    template.put("cloneFrom", "ubuntu");
    template.put("sshKeyPath", "/keys/id");
    template.put("sshAuthorizedKey", KEY);
    template.putAll(more);
    return VsphereSettings.fromRancher(template);
  }
}
