package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.Behaviour;
import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.shell.ScriptException;
import io.rke4j.testkit.shell.Streams;
import io.rke4j.testkit.shell.Written;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container of which nothing special is known: a small program of Unix, or a script of such, does
 * its work and ends, and anything else is taken for a server that runs until it is stopped.
 */
public class Program implements Behaviour {

  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  /** For any container. */
  public Program() {}

  @Override
  public void start(ContainerProcess process) {
    List<String> words = process.settings().arguments();
    if (!words.isEmpty() && FileTree.name(words.get(0)).equals("sleep")) {
      Tools.sleeping(words.subList(1, words.size()))
          .ifPresent(time -> process.machine().threads().later(time, () -> process.exit(0)));
    } else {
      process.execute(() -> run(process).ifPresent(process::exit));
    }
  }

  private static OptionalInt run(ContainerProcess process) {
    Lines output = new Lines(process::out);
    Lines error = new Lines(process::err);
    try {
      return new Tools(process).run(process.settings().arguments(), new Streams("", output, error));
    } catch (ScriptException e) {
      LOG.debug("{} counts as a server: {}", process.name(), e.getMessage());
      return OptionalInt.empty();
    } finally {
      output.end();
      error.end();
    }
  }

  @Override
  public ExecAnswer exec(ContainerProcess process, List<String> command) {
    Written output = new Written();
    Written error = new Written();
    ExecAnswer unknown = ExecAnswer.unknown(command.isEmpty() ? "" : command.get(0));
    try {
      OptionalInt code = new Tools(process).run(command, new Streams("", output, error));
      return code.isPresent()
          ? new ExecAnswer(code.getAsInt(), output.text(), error.text())
          : unknown;
    } catch (ScriptException e) {
      return unknown;
    }
  }
}
