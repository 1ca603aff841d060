package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.Behaviour;
import io.rke4j.testkit.container.ContainerProcess;
import java.util.List;

/**
 * A container of which nothing special is known: a small program of Unix does its work and ends,
 * and anything else is taken for a server that runs until it is stopped.
 */
public class Program implements Behaviour {

  /** For any container. */
  public Program() {}

  @Override
  public void start(ContainerProcess process) {
    List<String> words = process.settings().arguments();
    process.execute(
        () ->
            new Tools(process)
                .run(words)
                .ifPresent(
                    answer -> {
                      answer.output().lines().forEach(process::out);
                      answer.error().lines().forEach(process::err);
                      process.exit(answer.exitCode());
                    }));
  }

  @Override
  public ExecAnswer exec(ContainerProcess process, List<String> command) {
    return new Tools(process)
        .run(command)
        .orElseGet(() -> ExecAnswer.unknown(command.isEmpty() ? "" : command.get(0)));
  }
}
