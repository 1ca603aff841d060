package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cleans a host as the script in the container's arguments says. Its lines that delete files are
 * done, with their variables and conditions; there are no firewalls, interfaces and mounts here, so
 * the others mean nothing. What the script forgets, stays.
 */
final class Cleaning extends Program {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Z_]+)}?");
  private static final Pattern CONDITION =
      Pattern.compile("\\[ \"?([^\" ]*)\"? (=|!=) \"?([^\" ]*)\"? ] (&&|\\|\\|) (.*)");
  private static final Pattern EMPTINESS = Pattern.compile("\\[ -z \"([^\" ]*)\" ] (.*)");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=\"?([^\" ]*)\"?");
  private static final Pattern EMPTYING =
      Pattern.compile("find \"?([^\" ]+)\"? -mindepth 1 -delete.*");

  static boolean isMeant(ContainerProcess process) {
    return process.settings().arguments().stream()
        .anyMatch(word -> word.contains("remove_if_empty "));
  }

  @Override
  public void start(ContainerProcess process) {
    process.execute(
        () -> {
          List<String> words = process.settings().arguments();
          new Script(process.files(), process.settings().env()).run(words.get(words.size() - 1));
          process.exit(0);
        });
  }

  /** Where in the script the reader is, and whether the branch of a {@code case} is taken. */
  private static final class Script {

    private final FileView files;
    private final Map<String, String> variables;
    private String caseOf = "";
    private boolean inCase;
    private boolean taken = true;
    private boolean inFunction;

    Script(FileView files, Map<String, String> env) {
      this.files = files;
      this.variables = new HashMap<>(env);
    }

    void run(String script) {
      script
          .replace("\\\n", " ")
          .lines()
          .map(String::strip)
          .filter(line -> !line.startsWith("#"))
          .forEach(this::line);
    }

    private void line(String line) {
      if (line.endsWith("() {")) {
        inFunction = true;
      } else if (line.equals("}")) {
        inFunction = false;
      } else if (!inFunction && !branch(line) && taken) {
        command(expand(line));
      }
    }

    private boolean branch(String line) {
      if (line.startsWith("case ")) {
        caseOf = expand(line.replaceFirst("case (\\S+) in", "$1")).replace("\"", "");
        inCase = true;
        taken = false;
      } else if (line.equals("esac")) {
        inCase = false;
        taken = true;
      } else if (line.equals(";;")) {
        taken = false;
      } else if (inCase && line.endsWith(")") && !line.contains("(")) {
        String[] patterns = line.substring(0, line.length() - 1).split(" *\\| *", -1);
        taken = List.of(patterns).contains(caseOf);
      } else {
        return false;
      }
      return true;
    }

    private String expand(String line) {
      Matcher matcher = VARIABLE.matcher(line);
      return matcher.replaceAll(
          found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), "")));
    }

    private void command(String line) {
      Matcher emptiness = EMPTINESS.matcher(line);
      if (emptiness.matches()) {
        command("[ \"" + emptiness.group(1) + "\" = \"\" ] " + emptiness.group(2));
        return;
      }
      Matcher condition = CONDITION.matcher(line);
      if (condition.matches()) {
        boolean equal = condition.group(1).equals(condition.group(3));
        boolean holds = equal == condition.group(2).equals("=");
        if (holds == condition.group(4).equals("&&")) {
          command(condition.group(5));
        }
        return;
      }
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (assignment.matches()) {
        variables.put(assignment.group(1), assignment.group(2));
        return;
      }
      Matcher emptying = EMPTYING.matcher(line);
      if (emptying.matches()) {
        String folder = emptying.group(1);
        files.tree().children(files.resolve(folder)).forEach(name -> remove(folder + "/" + name));
      } else if (line.startsWith("remove ")) {
        operands(line).forEach(this::remove);
      } else if (line.startsWith("remove_if_empty ")) {
        operands(line).forEach(this::removeIfEmpty);
      }
    }

    private static List<String> operands(String line) {
      List<String> words = new ArrayList<>(List.of(line.replace("\"", "").split(" +", -1)));
      words.remove(0);
      words.removeIf(word -> !word.startsWith("/"));
      return words;
    }

    private void remove(String path) {
      files.tree().remove(files.resolveParent(path));
    }

    private void removeIfEmpty(String path) {
      String place = files.resolve(path);
      if (files.tree().find(place).filter(FileEntry::isFolder).isPresent()
          && files.tree().children(place).isEmpty()) {
        files.tree().remove(place);
      }
    }
  }
}
