package io.rke4j.core.config;

import io.rke4j.core.config.Shape.Anything;
import io.rke4j.core.config.Shape.Choice;
import io.rke4j.core.config.Shape.ListOf;
import io.rke4j.core.config.Shape.MapOf;
import io.rke4j.core.config.Shape.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of keys in the documentation, made from the keys that the reader knows. */
final class KeyPage {

  /**
   * A key at its place.
   *
   * @param refusedWith the path of the block that is refused as a whole, and this key with it
   */
  record Row(String path, Key key, String refusedWith) {

    boolean isTaken() {
      return key.refusal() == null && refusedWith.isEmpty();
    }
  }

  private final Map<String, Set<String>> keysOfRke;
  private final KeyMeanings meanings;

  /** A page that says of each key which versions of RKE have it. */
  KeyPage(Map<String, Set<String>> keysOfRke, KeyMeanings meanings) {
    this.keysOfRke = keysOfRke;
    this.meanings = meanings;
  }

  /** Every key that the reader knows, in its order. */
  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    collect(ClusterKeys.FILE, "", "", rows);
    return rows;
  }

  private static void collect(Section section, String prefix, String refusedWith, List<Row> rows) {
    for (Key key : section.keys().values()) {
      String path = prefix + key.name();
      rows.add(new Row(path, key, refusedWith));
      String below = refusedWith.isEmpty() && key.refusal() != null ? path : refusedWith;
      if (key.shape() instanceof Section inner) {
        collect(inner, path + ".", below, rows);
      } else if (key.shape() instanceof ListOf list && list.item() instanceof Section inner) {
        collect(inner, path + "[].", below, rows);
      } else if (key.shape() instanceof MapOf map) {
        collect(map.item(), path + ".NAME.", below, rows);
      }
    }
  }

  /** All tables, with a heading for each part of the file. */
  String text() {
    Map<String, List<Row>> parts = new LinkedHashMap<>();
    for (Row row : rows()) {
      parts.computeIfAbsent(part(row), name -> new ArrayList<>()).add(row);
    }
    return parts.entrySet().stream()
        .map(part -> table(part.getKey(), part.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String part(Row row) {
    String[] names = row.path().split("[.\\[]", -1);
    boolean isBlock = row.key().shape() instanceof Section || isListOfSections(row.key().shape());
    if (names.length == 1 && !isBlock) {
      return "top level";
    }
    return names[0].equals("services") && names.length > 1 ? "services." + names[1] : names[0];
  }

  private static boolean isListOfSections(Shape shape) {
    return shape instanceof ListOf list && list.item() instanceof Section;
  }

  private String table(String part, List<Row> rows) {
    StringBuilder text = new StringBuilder("### Keys: " + part + "\n\n");
    text.append("| key | holds | RKE | meaning | takes effect in | if left out |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private String line(Row row) {
    KeyMeanings.Meaning meaning = meanings.of(row.path()).orElse(KeyMeanings.Meaning.NONE);
    List<String> cells =
        List.of(
            "`" + row.path() + "`",
            holds(row.key().shape()),
            versions(row.path()),
            said(row, meaning),
            row.isTaken() ? meaning.where() : "",
            row.isTaken() ? meaning.otherwise() : "");
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private String versions(String path) {
    String versions =
        keysOfRke.entrySet().stream()
            .filter(version -> version.getValue().contains(path))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return versions.isEmpty() ? "–" : versions;
  }

  private String said(Row row, KeyMeanings.Meaning meaning) {
    List<String> sentences = new ArrayList<>();
    if (!meaning.text().isEmpty()) {
      sentences.add(meaning.text());
    }
    Key.Remark refusal = row.key().refusal();
    if (!row.refusedWith().isEmpty()) {
      sentences.add("**Refused** with `" + row.refusedWith() + "`");
    } else if (refusal != null) {
      String reason =
          refusal.problem().startsWith("is not supported yet")
              ? " for now"
              : ": " + refusal.problem() + "; " + refusal.hint();
      sentences.add("**Refused**" + reason + harmless(refusal));
    }
    Key.Remark note = row.key().note();
    if (note != null) {
      sentences.add("Plans note that it " + note.problem());
    }
    if (row.key().shape() instanceof Choice choice && !choice.later().isEmpty()) {
      sentences.add("Not supported yet: " + quoted(choice.later()));
    }
    if (row.key().shape() instanceof Anything) {
      List<String> inside = inside(row.path());
      if (!inside.isEmpty()) {
        sentences.add("Keys of RKE in it: " + quoted(inside));
      }
    }
    return String.join(". ", sentences);
  }

  private static String harmless(Key.Remark refusal) {
    if (refusal.harmless().equals(Key.EMPTY)) {
      return "";
    }
    List<String> words =
        new TreeSet<>(refusal.harmless()).stream().filter(word -> !word.isEmpty()).toList();
    return words.isEmpty()
        ? ", even if it is empty"
        : ". Taken, since it changes nothing: " + quoted(words);
  }

  private List<String> inside(String path) {
    Set<String> names = new TreeSet<>();
    keysOfRke
        .values()
        .forEach(
            keys ->
                keys.stream()
                    .filter(key -> key.startsWith(path + "."))
                    .map(key -> key.substring(path.length() + 1))
                    .forEach(names::add));
    return List.copyOf(names);
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  private static String holds(Shape shape) {
    if (shape instanceof Choice choice) {
      return quoted(choice.taken());
    }
    if (shape instanceof ListOf list) {
      return list.item() instanceof Section || list.item() instanceof Shape.Structure
          ? "list of maps"
          : list.item() instanceof Choice choice
              ? "list of " + quoted(choice.taken())
              : "list of texts";
    }
    if (shape instanceof MapOf) {
      return "map of maps, by names of your own";
    }
    if (shape instanceof Shape.Pairs) {
      return "map of texts";
    }
    return shape instanceof Shape.PairsOfLists
        ? "map of lists"
        : shape.kind().replaceFirst("^an? ", "");
  }
}
