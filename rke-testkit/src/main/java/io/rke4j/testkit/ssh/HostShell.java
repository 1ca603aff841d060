package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.Duplex;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileView;
import io.rke4j.testkit.host.Machine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * The commands that a host runs for its user. None is run: what they write is made from the host's
 * model. A command that the model has no answer for fails as an unknown one, with 127.
 *
 * @param host the host
 * @param threads where answers are written
 */
record HostShell(SshHost host, Executor threads) {

  private static final int NOT_FOUND = 127;
  private static final String USUAL_SOCKET = "/var/run/docker.sock";

  /** The question why a socket could not be opened. */
  private static final Pattern SOCKET_QUESTION =
      Pattern.compile("if \\[ ! -S '?([^' ]+)'? \\]; then echo missing; elif .*", Pattern.DOTALL);

  Command command(ChannelSession channel, String line) {
    Matcher question = SOCKET_QUESTION.matcher(line);
    if (question.matches()) {
      return text(() -> socketState(question.group(1)));
    }
    List<String> words = ShellWords.of(line);
    Optional<String> socket = dialled(words);
    if (socket.isPresent()) {
      return dial(channel, socket.get());
    }
    return text(() -> run(line, words));
  }

  private Command text(Supplier<Answer> program) {
    return new TextCommand(program, threads);
  }

  /** The socket that {@code docker system dial-stdio} goes to; empty if it is another command. */
  private static Optional<String> dialled(List<String> words) {
    int size = words.size();
    if (size < 3
        || !words.get(0).equals("docker")
        || !words.subList(size - 2, size).equals(List.of("system", "dial-stdio"))) {
      return Optional.empty();
    }
    for (int place = 1; place < size - 2; place++) {
      if (words.get(place).equals("-H") || words.get(place).equals("--host")) {
        return Optional.of(words.get(place + 1).replaceFirst("^unix://", ""));
      }
      if (words.get(place).startsWith("--host=")) {
        return Optional.of(words.get(place).replaceFirst("^--host=(unix://)?", ""));
      }
    }
    return Optional.of(USUAL_SOCKET);
  }

  private Command dial(ChannelSession channel, String path) {
    Optional<Duplex.Service> service = machine().socket(path);
    if (service.isPresent() && host.mayUseDocker()) {
      return DialStdio.on(channel, service.get());
    }
    String why =
        service.isPresent()
            ? "dial unix " + path + ": connect: permission denied"
            : "Cannot connect to the Docker daemon at unix://"
                + path
                + ". Is the docker daemon running?";
    return text(() -> Answer.failed(1, why + "\n"));
  }

  private Answer socketState(String path) {
    boolean there =
        FileView.of(machine().files())
            .find(path)
            .filter(entry -> entry.kind() == FileEntry.Kind.SOCKET)
            .isPresent();
    if (!there) {
      return Answer.of("missing\n");
    }
    if (!host.mayUseDocker()) {
      return Answer.of("denied\n");
    }
    return Answer.of(machine().socket(path).isEmpty() ? "idle\n" : "");
  }

  private Answer run(String line, List<String> words) {
    String program = words.isEmpty() ? "true" : words.get(0);
    return switch (program) {
      case "true", ":" -> Answer.of("");
      case "false" -> Answer.failed(1, "");
      case "echo" -> Answer.of(String.join(" ", words.subList(1, words.size())) + "\n");
      case "hostname" -> Answer.of(machine().facts().hostname() + "\n");
      case "whoami" -> Answer.of(host.user() + "\n");
      case "uname" -> uname(words);
      case "cat" -> cat(words.subList(1, words.size()));
      case "sh" -> script(line, words);
      default -> unknown(program);
    };
  }

  private Answer uname(List<String> words) {
    String option = words.size() > 1 ? words.get(1) : "-s";
    return switch (option) {
      case "-r" -> Answer.of(machine().facts().kernel() + "\n");
      case "-m" -> Answer.of("x86_64\n");
      case "-n" -> Answer.of(machine().facts().hostname() + "\n");
      case "-a" ->
          Answer.of(
              "Linux "
                  + machine().facts().hostname()
                  + " "
                  + machine().facts().kernel()
                  + " x86_64 GNU/Linux\n");
      default -> Answer.of("Linux\n");
    };
  }

  private Answer cat(List<String> paths) {
    StringBuilder text = new StringBuilder();
    for (String path : paths) {
      Optional<String> content = FileView.of(machine().files()).text(path);
      if (content.isEmpty()) {
        return new Answer(1, text.toString(), "cat: " + path + ": No such file or directory\n");
      }
      text.append(content.get());
    }
    return Answer.of(text.toString());
  }

  private Answer script(String line, List<String> words) {
    if (words.size() > 3 && words.get(1).equals("-c")) {
      List<String> arguments = words.subList(4, words.size());
      if (FactsScript.isMeant(words.get(2))) {
        return Answer.of(new FactsScript(machine()).answer(arguments));
      }
      if (EngineScript.isMeant(words.get(2))) {
        return Answer.of(new EngineScript(host).answer(arguments));
      }
    }
    return unknown(line.lines().findFirst().orElse("sh"));
  }

  private static Answer unknown(String command) {
    return Answer.failed(
        NOT_FOUND,
        "sh: 1: "
            + command
            + ": not found (a simulated host runs nothing; it has answers for few commands)\n");
  }

  private Machine machine() {
    return host.machine();
  }
}
