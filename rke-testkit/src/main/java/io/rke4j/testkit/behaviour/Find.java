package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.Behaviour.ExecAnswer;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.FileView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code find}, as far as hosts are cleaned with it: folders, {@code -mindepth}, {@code -type},
 * links that lead nowhere ({@code ! -exec test -e {} ;}), {@code -print} and {@code -delete}.
 *
 * @param files as the container sees them
 */
record Find(FileView files, List<String> arguments) {

  ExecAnswer run() {
    int options = 0;
    while (options < arguments.size() && !arguments.get(options).matches("[-!(].*")) {
      options++;
    }
    List<String> found = new ArrayList<>();
    StringBuilder missing = new StringBuilder();
    for (String folder : arguments.subList(0, options)) {
      if (files.find(folder).isEmpty()) {
        missing.append("find: " + folder + ": No such file or directory\n");
      } else {
        search(FileTree.normal(folder), found);
      }
    }
    boolean deletes = arguments.contains("-delete");
    if (deletes) {
      found.forEach(path -> files.tree().remove(files.resolveParent(path)));
    }
    boolean prints = arguments.contains("-print") || !deletes;
    String output = prints && !found.isEmpty() ? String.join("\n", found) + "\n" : "";
    return new ExecAnswer(missing.isEmpty() ? 0 : 1, output, missing.toString());
  }

  private void search(String folder, List<String> found) {
    String place = files.resolve(folder);
    if (!option("-mindepth").equals("1")) {
      files.tree().find(place).filter(it -> fits(folder, it)).ifPresent(it -> found.add(folder));
    }
    for (Map.Entry<String, FileEntry> entry : files.tree().below(place).entrySet()) {
      String path = FileTree.normal(folder + "/" + entry.getKey().substring(place.length()));
      if (fits(path, entry.getValue())) {
        found.add(path);
      }
    }
  }

  private String option(String name) {
    int at = arguments.indexOf(name);
    return at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : "";
  }

  private boolean fits(String path, FileEntry entry) {
    boolean kind =
        switch (option("-type")) {
          case "l" -> entry.kind() == FileEntry.Kind.LINK;
          case "f" -> entry.kind() == FileEntry.Kind.FILE;
          case "d" -> entry.isFolder();
          default -> true;
        };
    boolean onlyLost = arguments.contains("!") && option("-exec").equals("test");
    return kind && (!onlyLost || files.find(path).isEmpty());
  }
}
