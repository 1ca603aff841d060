package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.WaitResponse;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.EngineException;
import io.rke4j.spi.runtime.PortTakenException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Single operations on the containers of one engine. */
record Containers(Engine engine, Images images) {

  private static final int STOP_SECONDS = 5;

  Optional<ContainerState> state(String name) {
    return engine
        .find("looking at " + name, client -> client.inspectContainerCmd(name).exec())
        .map(answer -> Inspection.read(answer, images.defaults(answer.getImageId())));
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>();
    engine
        .ask("listing containers", client -> client.listContainersCmd().withShowAll(true).exec())
        .forEach(
            container -> Stream.of(namesOf(container)).map(Inspection::name).forEach(names::add));
    return names;
  }

  private static String[] namesOf(Container container) {
    return container.getNames() == null ? new String[0] : container.getNames();
  }

  void create(ContainerSpec spec) {
    engine.ask("creating " + spec.name(), client -> CreateRequest.of(client, spec).exec());
  }

  /** Creates it unless something that it needs is not there, its image for example. */
  boolean createIfPossible(ContainerSpec spec) {
    return engine
        .find("creating " + spec.name(), client -> CreateRequest.of(client, spec).exec())
        .isPresent();
  }

  void start(String name) {
    try {
      engine.tell("starting " + name, client -> client.startContainerCmd(name).exec());
    } catch (EngineException e) {
      throw portTaken(name, e);
    }
  }

  private RuntimeException portTaken(String name, EngineException failure) {
    String words = String.valueOf(failure.getMessage());
    String text = words.toLowerCase(Locale.ROOT);
    return text.contains("port is already allocated") || text.contains("address already in use")
        ? new PortTakenException(engine.host(), name, words, failure)
        : failure;
  }

  void stop(String name) {
    engine.tell(
        "stopping " + name,
        client -> client.stopContainerCmd(name).withTimeout(STOP_SECONDS).exec());
  }

  void restart(String name) {
    engine.tell(
        "restarting " + name,
        client -> client.restartContainerCmd(name).withTimeout(STOP_SECONDS).exec());
  }

  void rename(String name, String newName) {
    engine.tell(
        "renaming " + name, client -> client.renameContainerCmd(name).withName(newName).exec());
  }

  /** Removes a container, running or not, with its anonymous volumes. */
  void remove(String name) {
    engine.find(
        "removing " + name,
        client -> {
          client.removeContainerCmd(name).withForce(true).withRemoveVolumes(true).exec();
          return name;
        });
  }

  /** Waits for a container's process to end, and tells its exit code. */
  int awaitExit(String name, OperationContext context) {
    AtomicInteger exitCode = new AtomicInteger(-1);
    StreamedAnswer<WaitResponse> answer =
        new StreamedAnswer<>(response -> exitCode.set(response.getStatusCode()));
    String what = "waiting for " + name;
    engine.ask(what, client -> client.waitContainerCmd(name).exec(answer));
    answer.await(engine, what, context);
    return exitCode.get();
  }

  /** What a container wrote; only the last lines if their number is not negative. */
  Output output(String name, int lines) {
    Output output = new Output();
    StreamedAnswer<Frame> answer = new StreamedAnswer<>(output::add);
    String what = "reading the output of " + name;
    engine.ask(
        what,
        client ->
            client
                .logContainerCmd(name)
                .withStdOut(true)
                .withStdErr(true)
                .withTail(lines)
                .exec(answer));
    answer.await(engine, what);
    return output;
  }
}
