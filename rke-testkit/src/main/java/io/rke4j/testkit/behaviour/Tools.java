package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.Behaviour.ExecAnswer;
import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.shell.Programs;
import io.rke4j.testkit.shell.Shell;
import io.rke4j.testkit.shell.Streams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The few programs of a Unix system that containers of this world need, done on their files. */
final class Tools implements Programs {

  /** So an end of the container is noticed. */
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  private final ContainerProcess process;
  private final FileTools files;

  Tools(ContainerProcess process) {
    this.process = process;
    this.files = new FileTools(process.files());
  }

  /**
   * Runs a program; empty if there is none of that name.
   *
   * @throws io.rke4j.testkit.shell.ScriptException if it is a script that cannot be followed
   */
  @Override
  public OptionalInt run(List<String> words, Streams streams) {
    String program = words.isEmpty() ? "" : FileTree.name(words.get(0));
    List<String> arguments = words.subList(Math.min(1, words.size()), words.size());
    if (program.equals("sh") || program.equals("bash")) {
      return shell(arguments, streams);
    }
    Optional<ExecAnswer> answer = answer(program, arguments, streams.input());
    answer.ifPresent(
        it -> {
          streams.output().accept(it.output());
          streams.error().accept(it.error());
        });
    return answer.isPresent() ? OptionalInt.of(answer.get().exitCode()) : OptionalInt.empty();
  }

  private Optional<ExecAnswer> answer(String program, List<String> arguments, String input) {
    return switch (program) {
      case "true" -> Optional.of(ExecAnswer.of(""));
      case "false" -> Optional.of(ExecAnswer.failed(1, ""));
      case "echo" -> Optional.of(ExecAnswer.of(Echo.text(arguments)));
      case "hostname" -> Optional.of(ExecAnswer.of(hostname() + "\n"));
      case "env" -> Optional.of(ExecAnswer.of(environment()));
      case "seq" -> Optional.of(sequence(arguments));
      case "sleep" -> sleep(arguments);
      case "nc" -> PortProbing.connect(process, arguments);
      case "cat" -> Optional.of(arguments.isEmpty() ? ExecAnswer.of(input) : cat(arguments));
      default -> files.run(program, arguments);
    };
  }

  private ExecAnswer cat(List<String> arguments) {
    return files.run("cat", arguments).orElseThrow();
  }

  /** Without a terminal and without input a shell has nothing to do. */
  private OptionalInt shell(List<String> arguments, Streams streams) {
    if (arguments.isEmpty() && !process.settings().isInteractive()) {
      return OptionalInt.of(0);
    }
    return arguments.size() == 2 && arguments.get(0).equals("-c")
        ? OptionalInt.of(new Shell(this).run(arguments.get(1), streams))
        : OptionalInt.empty();
  }

  private String hostname() {
    return process.settings().config().path("Hostname").asText("");
  }

  private String environment() {
    return variables().entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static ExecAnswer sequence(List<String> arguments) {
    int first = arguments.size() > 1 ? Integer.parseInt(arguments.get(0)) : 1;
    int last = Integer.parseInt(arguments.get(arguments.size() - 1));
    return ExecAnswer.of(
        IntStream.rangeClosed(first, last)
            .mapToObj(number -> number + "\n")
            .collect(Collectors.joining()));
  }

  /** Within a script; a container that does nothing else takes no thread. */
  private Optional<ExecAnswer> sleep(List<String> arguments) {
    Optional<Duration> given = sleeping(arguments);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Duration left = given.get();
    while (left.compareTo(Duration.ZERO) > 0 && !process.isOver()) {
      Duration part = left.compareTo(A_WHILE) > 0 ? A_WHILE : left;
      process.machine().threads().time().sleep(part);
      left = Thread.currentThread().isInterrupted() ? Duration.ZERO : left.minus(part);
    }
    return Optional.of(ExecAnswer.of(""));
  }

  /** How long {@code sleep} sleeps; empty for ever. */
  static Optional<Duration> sleeping(List<String> arguments) {
    return arguments.size() == 1 && arguments.get(0).matches("\\d{1,9}s?")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(arguments.get(0).replace("s", ""))))
        : Optional.empty();
  }

  @Override
  public Map<String, String> variables() {
    return process.settings().env();
  }

  @Override
  public Optional<String> read(String path) {
    return process.files().text(path);
  }

  @Override
  public void write(String path, String text) {
    if (!path.equals("/dev/null")) {
      int mode = process.files().find(path).map(FileEntry::mode).orElse(0644);
      process.files().put(path, FileEntry.file(mode, text));
    }
  }

  @Override
  public void execute(Runnable work) {
    process.execute(work);
  }
}
