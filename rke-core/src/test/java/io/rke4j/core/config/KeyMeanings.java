package io.rke4j.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people are told of each key: a line of text for a key, or for several that are alike. */
final class KeyMeanings {

  /**
   * What is said of a key.
   *
   * @param text what it means
   * @param where where it takes effect
   * @param otherwise what holds if it is left out
   */
  record Meaning(String text, String where, String otherwise) {
    static final Meaning NONE = new Meaning("", "", "");
  }

  private final Map<String, Meaning> lines = new LinkedHashMap<>();

  static KeyMeanings read(Path file) throws IOException {
    KeyMeanings meanings = new KeyMeanings();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("(?<=\\s)\\|(?=\\s|$)", -1);
      if (parts.length != 4) {
        throw new IOException("not key | meaning | place | default: " + line);
      }
      Meaning meaning = new Meaning(parts[1].strip(), parts[2].strip(), parts[3].strip());
      if (meanings.lines.put(parts[0].strip(), meaning) != null) {
        throw new IOException("twice: " + parts[0]);
      }
    }
    return meanings;
  }

  /** What is said of a key; an exact line goes before one with a star. */
  Optional<Meaning> of(String path) {
    Meaning exact = lines.get(path);
    return exact != null
        ? Optional.of(exact)
        : lines.keySet().stream().filter(line -> isFor(line, path)).findFirst().map(lines::get);
  }

  /** The lines that are for none of these keys. */
  List<String> unused(List<String> paths) {
    return lines.keySet().stream()
        .filter(line -> paths.stream().noneMatch(path -> isFor(line, path)))
        .toList();
  }

  private static boolean isFor(String line, String path) {
    String pattern = Pattern.quote(line).replace("**", "\\E.+\\Q").replace("*", "\\E[^.]+\\Q");
    return path.matches(pattern);
  }
}
