package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.Behaviour.ExecAnswer;
import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.FileView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The few programs of a Unix system that containers of this world need, done on their files. */
final class Tools {

  private final FileView files;
  private final Map<String, String> env;
  private final String hostname;

  Tools(ContainerProcess process) {
    this.files = process.files();
    this.env = process.settings().env();
    this.hostname = process.settings().config().path("Hostname").asText("");
  }

  /** Runs a program; empty if there is none of that name. */
  Optional<ExecAnswer> run(List<String> words) {
    String program = words.isEmpty() ? "" : FileTree.name(words.get(0));
    List<String> arguments = words.subList(Math.min(1, words.size()), words.size());
    return switch (program) {
      case "true" -> Optional.of(ExecAnswer.of(""));
      case "false" -> Optional.of(ExecAnswer.failed(1, ""));
      case "echo" -> Optional.of(ExecAnswer.of(String.join(" ", arguments) + "\n"));
      case "hostname" -> Optional.of(ExecAnswer.of(hostname + "\n"));
      case "env" -> Optional.of(ExecAnswer.of(environment()));
      case "cat" -> Optional.of(cat(arguments));
      case "ls" -> Optional.of(list(arguments));
      case "rm" -> Optional.of(remove(arguments));
      case "mkdir" -> Optional.of(makeFolders(arguments));
      case "chown" -> Optional.of(own(arguments));
      case "sh", "bash" -> shell(arguments);
      default -> Optional.empty();
    };
  }

  /** A script that is nothing but one command. */
  private Optional<ExecAnswer> shell(List<String> arguments) {
    boolean simple =
        arguments.size() == 2
            && arguments.get(0).equals("-c")
            && arguments.get(1).matches("[\\w ./=:@%+,-]+");
    return simple ? run(List.of(arguments.get(1).strip().split(" +", -1))) : Optional.empty();
  }

  private String environment() {
    StringBuilder text = new StringBuilder();
    env.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString();
  }

  private static List<String> operands(List<String> arguments) {
    return arguments.stream().filter(word -> !word.startsWith("-")).toList();
  }

  private ExecAnswer cat(List<String> arguments) {
    StringBuilder text = new StringBuilder();
    for (String path : operands(arguments)) {
      Optional<String> content = files.text(path);
      if (content.isEmpty()) {
        return new ExecAnswer(1, text.toString(), missing("cat", path));
      }
      text.append(content.get());
    }
    return ExecAnswer.of(text.toString());
  }

  private static String missing(String program, String path) {
    return program + ": " + path + ": No such file or directory\n";
  }

  private ExecAnswer list(List<String> arguments) {
    List<String> paths = operands(arguments);
    String path = paths.isEmpty() ? "/" : paths.get(0);
    Optional<FileEntry> entry = files.find(path);
    if (entry.isEmpty()) {
      return ExecAnswer.failed(1, missing("ls", path));
    }
    List<String> names =
        entry.get().isFolder() ? files.tree().children(files.resolve(path)) : List.of(path);
    return ExecAnswer.of(names.isEmpty() ? "" : String.join("\n", names) + "\n");
  }

  private ExecAnswer remove(List<String> arguments) {
    for (String path : operands(arguments)) {
      files.tree().remove(files.resolveParent(path));
    }
    return ExecAnswer.of("");
  }

  private ExecAnswer makeFolders(List<String> arguments) {
    operands(arguments).forEach(path -> files.tree().makeFolders(files.resolve(path)));
    return ExecAnswer.of("");
  }

  private ExecAnswer own(List<String> arguments) {
    List<String> operands = operands(arguments);
    String[] ids = operands.isEmpty() ? new String[0] : operands.get(0).split(":", -1);
    if (ids.length != 2 || operands.size() < 2) {
      return ExecAnswer.failed(1, "chown: USER:GROUP and a file are needed\n");
    }
    int uid = Integer.parseInt(ids[0]);
    int gid = Integer.parseInt(ids[1]);
    for (String path : operands.subList(1, operands.size())) {
      String place = files.resolve(path);
      FileTree tree = files.tree();
      tree.find(place).ifPresent(entry -> tree.put(place, entry.ownedBy(uid, gid)));
      if (arguments.contains("-R")) {
        tree.below(place).forEach((below, entry) -> tree.put(below, entry.ownedBy(uid, gid)));
      }
    }
    return ExecAnswer.of("");
  }
}
