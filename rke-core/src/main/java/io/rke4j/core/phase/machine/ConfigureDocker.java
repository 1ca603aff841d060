package io.rke4j.core.phase.machine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.DockerSpec;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.pki.EngineCertificates;
import io.rke4j.core.resource.Resource;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.EngineAccessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the settings of Docker Engine to a machine, and what its port with TLS needs. Settings
 * that are there and that nobody asked for stay.
 *
 * @param spec the node
 * @param docker the settings
 * @param after what must be done before
 * @param shell reaches the machine
 * @param clock tells how long certificates are good for
 */
record ConfigureDocker(
    NodeSpec spec, DockerSpec docker, Set<StepId> after, MachineShell shell, Clock clock)
    implements Step.OnCluster {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCRIPT = Resource.text(ConfigureDocker.class, "configure-docker.sh");
  private static final Duration START = Duration.ofMinutes(2);

  ConfigureDocker {
    after = Set.copyOf(after);
  }

  @Override
  public StepId id() {
    return Steps.on(Phase.MACHINE, "configure-docker", spec.name());
  }

  @Override
  public Optional<NodeName> worksOn() {
    return Optional.of(spec.name());
  }

  @Override
  public String title() {
    return "set up Docker on " + spec.name();
  }

  @Override
  public Decision inspect() {
    Optional<Machine> machine = shell.inventory().find(spec);
    if (machine.isEmpty()) {
      return new Decision.Deferred("once its machine exists", changes(true, true));
    }
    DockerFacts facts = shell.use(spec, MachineShell::look);
    if (!facts.isUsable()) {
      return new Decision.Deferred("once Docker is installed", changes(true, true));
    }
    boolean settings = !wanted(facts, machine.get()).equals(current(facts, machine.get()));
    boolean certificates = needsCertificates(facts, machine.get());
    return settings || certificates || facts.isUnfinished()
        ? Decision.replace(changes(settings, certificates))
        : Decision.upToDate();
  }

  private List<String> changes(boolean settings, boolean certificates) {
    List<String> changes = new ArrayList<>();
    if (settings) {
      changes.add("change /etc/docker/daemon.json");
    }
    if (certificates && docker.certificates().isPresent()) {
      changes.add("issue a certificate for port 2376");
    }
    changes.add("restart Docker");
    return changes;
  }

  private static ObjectNode current(DockerFacts facts, Machine machine) {
    return facts
        .settings()
        .orElseThrow(() -> DockerSetupException.foreignSettings(machine.address()));
  }

  private ObjectNode wanted(DockerFacts facts, Machine machine) {
    ObjectNode settings = current(facts, machine).deepCopy();
    docker.options().forEach((key, value) -> settings.set(key, JSON.valueToTree(value)));
    if (docker.certificates().isPresent()) {
      settings.putArray("hosts").add("unix://" + machine.dockerSocket()).add("tcp://0.0.0.0:2376");
      settings.put("tlsverify", true);
      settings.put("tlscacert", "/etc/docker/ca.pem");
      settings.put("tlscert", "/etc/docker/server.pem");
      settings.put("tlskey", "/etc/docker/server-key.pem");
    }
    return settings;
  }

  private boolean needsCertificates(DockerFacts facts, Machine machine) {
    return docker
        .certificates()
        .map(folder -> new EngineCertificates(folder, clock))
        .filter(
            authority ->
                // A key may have been placed without its certificate.
                facts.isUnfinished()
                    || !facts.hasKeyOfItsOwn()
                    || !authority.accepts(
                        facts.authority(), facts.certificate(), machine.address()))
        .isPresent();
  }

  @Override
  public void apply(OperationContext context) {
    shell.use(
        spec,
        (machine, connection) -> {
          configure(machine, connection, context);
          context.waitUntil(
              "Docker Engine on " + spec.name(), START, () -> answers(machine, connection));
          return true;
        });
  }

  private static Observation answers(Machine machine, NodeConnection connection) {
    try {
      connection.openSocket(machine.dockerSocket()).close();
      return Observation.done();
    } catch (IOException | EngineAccessException e) {
      return Observation.notYet(String.valueOf(e.getMessage()));
    }
  }

  private void configure(Machine machine, NodeConnection connection, OperationContext context)
      throws IOException {
    DockerFacts facts = MachineShell.look(machine, connection);
    ObjectNode settings = wanted(facts, machine);
    StringBuilder files = new StringBuilder();
    if (needsCertificates(facts, machine)) {
      EngineCertificates.ServerFiles issued =
          new EngineCertificates(docker.certificates().orElseThrow(), clock)
              .issue(spec.name().value(), machine.address());
      add(files, "ca.pem", "644", issued.authority());
      add(files, "server.pem", "644", issued.certificate());
      add(files, "server-key.pem", "600", issued.key().reveal());
    }
    add(files, "daemon.json", "644", settings.toPrettyString() + "\n");
    files.append(".\n");
    context.progress(0.5, "restarting Docker with its new settings");
    // Through standard input: it is seen by nobody, as arguments and environment are.
    CommandResult result =
        connection.runAsRoot(
            SCRIPT,
            List.of(unit(settings)),
            files.toString().getBytes(StandardCharsets.US_ASCII),
            context);
    if (!result.succeeded()) {
      throw DockerSetupException.configuring(machine.address(), result);
    }
  }

  /** Settings that nobody names stay, so they may say where the engine listens from before. */
  private String unit(ObjectNode settings) {
    if (docker.certificates().isPresent()) {
      return "ours";
    }
    return settings.has("hosts") ? "as-it-is" : "plain";
  }

  private static void add(StringBuilder files, String name, String mode, String content) {
    String text = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    files.append(name).append(' ').append(mode).append(' ').append(text).append('\n');
  }
}
