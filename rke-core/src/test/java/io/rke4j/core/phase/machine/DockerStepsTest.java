package io.rke4j.core.phase.machine;

import static io.rke4j.core.phase.machine.ScriptedMachine.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rke4j.api.cluster.DockerInstall;
import io.rke4j.api.cluster.DockerSpec;
import io.rke4j.api.plan.Decision;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.testkit.PatientContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerStepsTest {

  private static final DockerInstall PACKAGE = new DockerInstall.Distribution("20.10");

  @TempDir Path folder;

  private InstallDocker install(ScriptedMachine machine, DockerInstall how) {
    return new InstallDocker(NODE, how, Set.of(), machine.shell());
  }

  @Test
  void aPlanSaysWhatWillBeInstalled() {
    ScriptedMachine machine = new ScriptedMachine();

    assertThat(install(machine, PACKAGE).inspect())
        .isEqualTo(Decision.create("install docker.io 20.10 from the distribution"));
    machine.exists = false;
    assertThat(install(machine, PACKAGE).inspect()).isInstanceOf(Decision.Deferred.class);
    assertThat(machine.commands).isEmpty();
    assertThat(machine.open).isZero();
  }

  @Test
  void anEngineThatIsThereIsLeftAsItIs() {
    assertThat(install(ScriptedMachine.withDocker(), PACKAGE).inspect().isUpToDate()).isTrue();
  }

  @Test
  void anAccountThatMayNotUseTheEngineIsLetIn() {
    ScriptedMachine machine = ScriptedMachine.withDocker();
    machine.socket = "denied";

    assertThat(install(machine, PACKAGE).inspect())
        .isEqualTo(Decision.create("let the account use Docker"));
    install(machine, PACKAGE).apply(new PatientContext());
    assertThat(machine.commands).containsExactly(List.of("distribution", "20.10", "", "", "rke"));
    assertThat(install(machine, PACKAGE).inspect().isUpToDate()).isTrue();
    assertThat(machine.open).isZero();
  }

  @Test
  void aScriptIsGivenWithItsChecksum() {
    ScriptedMachine machine = new ScriptedMachine();
    DockerInstall script =
        new DockerInstall.Script(URI.create("https://get.docker.com"), "AB".repeat(32), "");

    install(machine, script).apply(new PatientContext());

    assertThat(machine.commands)
        .containsExactly(List.of("script", "", "https://get.docker.com", "ab".repeat(32), "rke"));
  }

  @Test
  void whatWentWrongIsToldApart() {
    DockerSetupException other = failure(78);
    assertThat(other).hasMessageContaining("another checksum").hasMessageContaining("10.0.0.11");
    assertThat(other.evidence()).containsExactly("said", "this");
    assertThat(other.isTransient()).isFalse();
    assertThat(failure(75).isTransient()).isTrue();
    assertThat(failure(77)).hasMessageContaining("no such version");
    assertThat(failure(1).hint()).contains("sudo");
    assertThat(failure(-1)).hasMessageContaining("the script did not come to its end");
  }

  private DockerSetupException failure(int exitCode) {
    ScriptedMachine machine = new ScriptedMachine();
    machine.outcome = new CommandResult(exitCode, "said\nthis");
    return catchThrowableOfType(
        DockerSetupException.class, () -> install(machine, PACKAGE).apply(new PatientContext()));
  }

  private ConfigureDocker configure(ScriptedMachine machine, Clock clock) {
    DockerSpec docker =
        new DockerSpec(
            PACKAGE,
            Map.of("storage-driver", "overlay2", "registry-mirrors", List.of("http://mirror")),
            Optional.of(folder.resolve("certs")),
            false);
    return new ConfigureDocker(NODE, docker, Set.of(), machine.shell(), clock);
  }

  private ConfigureDocker configure(ScriptedMachine machine) {
    return configure(machine, Clock.systemUTC());
  }

  @Test
  void settingsWaitForTheEngine() {
    assertThat(configure(new ScriptedMachine()).inspect())
        .isInstanceOfSatisfying(
            Decision.Deferred.class,
            deferred -> assertThat(deferred.until()).isEqualTo("once Docker is installed"));
  }

  @Test
  void settingsAreAddedToThoseThatAreThere() throws Exception {
    ScriptedMachine machine = ScriptedMachine.withDocker();
    machine.files.put("daemon.json", "{\"debug\": true, \"storage-driver\": \"vfs\"}");
    assertThat(configure(machine).inspect())
        .isEqualTo(
            Decision.replace(
                List.of(
                    "change /etc/docker/daemon.json",
                    "issue a certificate for port 2376",
                    "restart Docker")));

    configure(machine).apply(new PatientContext());

    JsonNode settings = new ObjectMapper().readTree(machine.files.get("daemon.json"));
    assertThat(settings.path("debug").asBoolean()).isTrue();
    assertThat(settings.path("storage-driver").asText()).isEqualTo("overlay2");
    assertThat(settings.path("registry-mirrors")).hasSize(1);
    assertThat(settings.path("tlsverify").asBoolean()).isTrue();
    assertThat(settings.path("hosts").toString())
        .isEqualTo("[\"unix:///var/run/docker.sock\",\"tcp://0.0.0.0:2376\"]");
    assertThat(configure(machine).inspect().isUpToDate()).isTrue();
  }

  @Test
  void keysArePlacedForRootAloneAndStandInNoArgument() throws Exception {
    ScriptedMachine machine = ScriptedMachine.withDocker();
    configure(machine).apply(new PatientContext());

    assertThat(machine.files)
        .containsOnlyKeys("daemon.json", "ca.pem", "server.pem", "server-key.pem");
    assertThat(machine.modes).containsEntry("server-key.pem", "600");
    assertThat(machine.commands).containsExactly(List.of("ours"));
    for (String name : List.of("ca.pem", "ca-key.pem", "cert.pem", "key.pem")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("certs").resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(folder.resolve("certs/ca.pem")))
        .isEqualTo(machine.files.get("ca.pem"));
  }

  @Test
  void aCertificateIsIssuedAnewWhenItEndsSoonOrIsAnothers() throws Exception {
    ScriptedMachine machine = ScriptedMachine.withDocker();
    configure(machine).apply(new PatientContext());
    String first = machine.files.get("server.pem");

    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3630));
    assertThat(configure(machine, later).inspect())
        .isEqualTo(
            Decision.replace(List.of("issue a certificate for port 2376", "restart Docker")));
    machine.modes.put("server-key.pem", "644");
    assertThat(configure(machine).inspect().isUpToDate()).isFalse();
    configure(machine).apply(new PatientContext());
    assertThat(machine.files.get("server.pem")).isNotEqualTo(first);
    assertThat(configure(machine).inspect().isUpToDate()).isTrue();
  }

  @Test
  void anEngineThatWasNotRestartedWithItsFilesIsSetUpAgain() throws Exception {
    ScriptedMachine machine = ScriptedMachine.withDocker();
    configure(machine).apply(new PatientContext());
    machine.unfinished = true;

    assertThat(configure(machine).inspect())
        .isEqualTo(
            Decision.replace(List.of("issue a certificate for port 2376", "restart Docker")));
    configure(machine).apply(new PatientContext());
    assertThat(configure(machine).inspect().isUpToDate()).isTrue();
  }

  @Test
  void settingsThatNobodyUnderstandsAreNotReplaced() {
    ScriptedMachine machine = ScriptedMachine.withDocker();
    machine.files.put("daemon.json", "// mine\n{}");

    assertThat(catchThrowableOfType(DockerSetupException.class, () -> configure(machine).inspect()))
        .hasMessageContaining("daemon.json");
  }

  @Test
  void machinesAreThereForLaterPhasesOnceTheyHaveAnEngine() {
    ScriptedMachine machine = new ScriptedMachine();
    DockerSpec docker = new DockerSpec(PACKAGE, Map.of(), Optional.empty(), false);
    ReadyMachines machines = new ReadyMachines(docker, machine.shell());

    assertThat(machines.find(NODE)).isEmpty();
    machine.installed = true;
    machine.socket = "usable";
    assertThat(machines.find(NODE)).isPresent();
    int looks = machine.looks;
    assertThat(machines.find(NODE)).isPresent();
    assertThat(machine.looks).isEqualTo(looks);
    assertThat(new ReadyMachines(DockerSpec.NONE, new ScriptedMachine().shell()).find(NODE))
        .isPresent();
  }
}
