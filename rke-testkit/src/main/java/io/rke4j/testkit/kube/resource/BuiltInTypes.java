package io.rke4j.testkit.kube.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The resources of Kubernetes itself, read from the table beside this class. */
final class BuiltInTypes {

  private static final List<Row> ROWS = load();

  private BuiltInTypes() {}

  private record Row(ResourceType type, int first, int last) {}

  /** What a release serves, in the order of the table. */
  static List<ResourceType> of(Release release) {
    return ROWS.stream()
        .filter(row -> row.first <= release.minor() && release.minor() <= row.last)
        .map(Row::type)
        .toList();
  }

  private static List<Row> load() {
    try (InputStream in =
            Objects.requireNonNull(BuiltInTypes.class.getResourceAsStream("resources.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(BuiltInTypes::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split(" +", 9);
    int slash = cells[0].indexOf('/');
    String group = slash < 0 ? "" : cells[0].substring(0, slash);
    ResourceNames names =
        new ResourceNames(
            cells[1], cells[2], cells[1].toLowerCase(Locale.ROOT), list(cells[4]), list(cells[6]));
    String home = cells[8].equals("-") ? group : cells[8].replace("core", "");
    ResourceType type =
        new ResourceType(
            group,
            cells[0].substring(slash + 1),
            names,
            cells[3].equals("N"),
            Set.copyOf(list(cells[5])),
            home,
            false);
    String[] releases = cells[7].split("-", 2);
    return new Row(type, number(releases[0], 0), number(releases[1], Integer.MAX_VALUE));
  }

  private static List<String> list(String cell) {
    return cell.equals("-") ? List.of() : List.of(cell.split(",", -1));
  }

  private static int number(String text, int otherwise) {
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }
}
