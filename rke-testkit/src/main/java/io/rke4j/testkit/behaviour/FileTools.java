package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.Behaviour.ExecAnswer;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.FileView;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Programs of a Unix system that do something with files.
 *
 * @param files as the container sees them
 */
record FileTools(FileView files) {

  private static final int OCTAL = 8;

  /** Runs a program; empty if there is none of that name. */
  Optional<ExecAnswer> run(String program, List<String> arguments) {
    return switch (program) {
      case "cat" -> Optional.of(cat(arguments));
      case "ls" -> Optional.of(list(arguments));
      case "rm" -> Optional.of(remove(arguments));
      case "mv" -> Optional.of(move(arguments));
      case "ln" -> Optional.of(link(arguments));
      case "mkdir" -> Optional.of(makeFolders(arguments));
      case "mktemp" -> Optional.of(temporary());
      case "chmod" -> Optional.of(changeMode(arguments));
      case "chown" -> Optional.of(own(arguments));
      case "find" -> Optional.of(new Find(files, arguments).run());
      case "test" -> Optional.of(test(arguments));
      case "[" -> Optional.of(test(arguments.subList(0, arguments.size() - 1)));
      default -> Optional.empty();
    };
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

  private ExecAnswer move(List<String> arguments) {
    List<String> operands = operands(arguments);
    String from = files.resolveParent(operands.get(0));
    Optional<FileEntry> entry = files.tree().find(from);
    if (entry.isEmpty()) {
      return ExecAnswer.failed(1, missing("mv", operands.get(0)));
    }
    String to = files.resolve(operands.get(1));
    boolean into = files.tree().find(to).filter(FileEntry::isFolder).isPresent();
    String place = into ? to + "/" + FileTree.name(from) : to;
    files.tree().put(place, entry.get());
    files
        .tree()
        .below(from)
        .forEach((path, it) -> files.tree().put(place + path.substring(from.length()), it));
    files.tree().remove(from);
    return ExecAnswer.of("");
  }

  private ExecAnswer link(List<String> arguments) {
    List<String> operands = operands(arguments);
    String place = files.resolveParent(operands.get(1));
    if (files.tree().exists(place)
        && arguments.stream().noneMatch(it -> it.matches("-\\w*f\\w*"))) {
      return ExecAnswer.failed(1, "ln: " + operands.get(1) + ": File exists\n");
    }
    files.tree().put(place, FileEntry.link(operands.get(0)));
    return ExecAnswer.of("");
  }

  private ExecAnswer temporary() {
    String path = "/tmp/tmp." + UUID.randomUUID().toString().substring(0, 6);
    files.put(path, FileEntry.file(0600, ""));
    return ExecAnswer.of(path + "\n");
  }

  private ExecAnswer changeMode(List<String> arguments) {
    List<String> operands = operands(arguments);
    for (String path : operands.subList(1, operands.size())) {
      String place = files.resolve(path);
      Optional<FileEntry> entry = files.tree().find(place);
      if (entry.isEmpty()) {
        return ExecAnswer.failed(1, missing("chmod", path));
      }
      files.tree().put(place, entry.get().withMode(Integer.parseInt(operands.get(0), OCTAL)));
    }
    return ExecAnswer.of("");
  }

  private ExecAnswer test(List<String> arguments) {
    boolean not = !arguments.isEmpty() && arguments.get(0).equals("!");
    boolean holds = holds(not ? arguments.subList(1, arguments.size()) : arguments);
    return holds != not ? ExecAnswer.of("") : ExecAnswer.failed(1, "");
  }

  private boolean holds(List<String> words) {
    if (words.size() == 3) {
      boolean equal = words.get(0).equals(words.get(2));
      return words.get(1).equals("!=") != equal;
    }
    String operand = words.isEmpty() ? "" : words.get(words.size() - 1);
    String option = words.size() == 2 ? words.get(0) : "-n";
    Optional<FileEntry> entry = operand.startsWith("/") ? files.find(operand) : Optional.empty();
    return switch (option) {
      case "-n" -> !operand.isEmpty();
      case "-z" -> operand.isEmpty();
      case "-e" -> entry.isPresent();
      case "-d" -> entry.filter(FileEntry::isFolder).isPresent();
      case "-f" -> entry.filter(it -> it.kind() == FileEntry.Kind.FILE).isPresent();
      case "-s" -> entry.filter(it -> it.size() > 0).isPresent();
      default -> false;
    };
  }
}
