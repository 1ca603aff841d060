package io.rke4j.core.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A manifest with gaps written <code>${name}</code>. A gap in a line takes a value of one line. A
 * gap that is a line of its own takes any number of lines, each indented like the gap, and no line
 * at all if the value is empty. A gap may bring along what stands there if the value is empty:
 * <code>${name:text}</code> in a line, and between lines <code>${name:</code> and <code>}</code>
 * any number of lines. A gap without a value and a value without a gap are errors.
 */
final class Template {

  private static final Pattern GAP = Pattern.compile("\\$\\{(\\w+)(?::([^}\\n]*))?}");
  private static final Pattern GAP_LINE = Pattern.compile("( *)\\$\\{(\\w+)}");
  private static final Pattern GAP_LINES =
      Pattern.compile("(?m)^( *)\\$\\{(\\w+):\\n((?:.*\\n)*?)\\1}\\n");

  private final String name;
  private final String text;
  private final Map<String, String> values = new TreeMap<>();

  private Template(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** The template in a file of this package. */
  static Template file(String name) {
    try (InputStream file = Template.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("there is no template " + name);
      }
      return new Template(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read template " + name, e);
    }
  }

  static Template text(String text) {
    return new Template("text", text);
  }

  Template with(String gap, Object value) {
    values.put(gap, value.toString());
    return this;
  }

  String fill() {
    String chosen = withUsualLines();
    TreeSet<String> unused = new TreeSet<>(values.keySet());
    GAP_LINES.matcher(text).results().forEach(gap -> unused.remove(gap.group(2)));
    GAP.matcher(text).results().forEach(gap -> unused.remove(gap.group(1)));
    if (!unused.isEmpty()) {
      throw new IllegalStateException("template " + name + " has no gap for " + unused);
    }
    return chosen.lines().map(this::line).collect(Collectors.joining());
  }

  /** The template with its usual lines where a value is empty. */
  private String withUsualLines() {
    return GAP_LINES
        .matcher(text)
        .replaceAll(
            gap ->
                Matcher.quoteReplacement(
                    value(gap.group(2)).isEmpty()
                        ? gap.group(3)
                        : gap.group(1) + "${" + gap.group(2) + "}\n"));
  }

  private String line(String line) {
    Matcher whole = GAP_LINE.matcher(line);
    if (whole.matches()) {
      return value(whole.group(2))
          .lines()
          .map(each -> whole.group(1) + each + "\n")
          .collect(Collectors.joining());
    }
    return GAP.matcher(line).replaceAll(gap -> inLine(gap.group(1), gap.group(2))) + "\n";
  }

  private String inLine(String gap, @Nullable String usual) {
    String given = value(gap);
    String value = given.isEmpty() && usual != null ? usual : given;
    if (value.contains("\n")) {
      throw new IllegalStateException(
          "template " + name + " has a gap in a line for " + gap + ", which has several lines");
    }
    return Matcher.quoteReplacement(value);
  }

  private String value(String gap) {
    String value = values.get(gap);
    if (value == null) {
      throw new IllegalStateException("template " + name + " has a gap without value: " + gap);
    }
    return value;
  }
}
