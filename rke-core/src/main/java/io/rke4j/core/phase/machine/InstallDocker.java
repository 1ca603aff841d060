package io.rke4j.core.phase.machine;

import io.rke4j.api.cluster.DockerInstall;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.resource.Resource;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Installs Docker Engine on a machine that has none, starts it, and lets the account use it. An
 * engine that is there is left as it is.
 *
 * @param spec the node
 * @param install where the engine comes from
 * @param after what must be done before
 * @param shell reaches the machine
 */
record InstallDocker(NodeSpec spec, DockerInstall install, Set<StepId> after, MachineShell shell)
    implements Step.OnCluster {

  private static final String SCRIPT = Resource.text(InstallDocker.class, "install-docker.sh");
  private static final Duration START = Duration.ofMinutes(2);

  InstallDocker {
    after = Set.copyOf(after);
  }

  static StepId id(NodeName node) {
    return Steps.on(Phase.MACHINE, "install-docker", node);
  }

  @Override
  public StepId id() {
    return id(spec.name());
  }

  @Override
  public Optional<NodeName> worksOn() {
    return Optional.of(spec.name());
  }

  @Override
  public String title() {
    return "install Docker on " + spec.name();
  }

  @Override
  public Decision inspect() {
    Optional<DockerFacts> facts = shell.look(spec);
    if (facts.isEmpty()) {
      return new Decision.Deferred("once its machine exists", List.of(words()));
    }
    if (facts.get().isUsable()) {
      return Decision.upToDate();
    }
    if (facts.get().isDenied()) {
      return Decision.create("let the account use Docker");
    }
    return Decision.create(facts.get().isInstalled() ? "start Docker" : words());
  }

  private String words() {
    if (install instanceof DockerInstall.Script script) {
      return "install Docker by " + script.url() + " with checksum " + script.sha256();
    }
    String version = install instanceof DockerInstall.Distribution from ? from.version() : "";
    return "install docker.io"
        + (version.isEmpty() ? "" : " " + version)
        + " from the distribution";
  }

  @Override
  public void apply(OperationContext context) {
    context.progress(0.1, words());
    shell.use(
        spec,
        (machine, connection) -> {
          run(machine, connection, context);
          return true;
        });
    // Membership of a group begins with a login, so this is another connection.
    context.waitUntil(
        "Docker Engine on " + spec.name(),
        START,
        () ->
            shell.look(spec).filter(DockerFacts::isUsable).isPresent()
                ? Observation.done()
                : Observation.notYet("it has no socket that the account may use"));
  }

  private void run(Machine machine, NodeConnection connection, OperationContext context)
      throws IOException {
    String account = machine.ssh().user();
    List<String> arguments = List.of("distribution", "", "", "", account);
    if (install instanceof DockerInstall.Distribution from) {
      arguments = List.of("distribution", from.version(), "", "", account);
    } else if (install instanceof DockerInstall.Script script) {
      String url = script.url().toString();
      arguments = List.of("script", script.version(), url, script.sha256(), account);
    }
    CommandResult result = connection.runAsRoot(SCRIPT, arguments, new byte[0], context);
    if (!result.succeeded()) {
      throw DockerSetupException.installing(machine.address(), result);
    }
  }
}
