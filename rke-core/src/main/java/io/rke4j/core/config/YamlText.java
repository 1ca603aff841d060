package io.rke4j.core.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Turns a text into YAML documents, and what the parser says against it into one sentence. */
final class YamlText {

  static final int MAX_SIZE = 5 * 1024 * 1024;

  /** Aliases are cheap for the parser; what they expand to is counted by {@link YamlTree}. */
  private static final int MAX_ALIASES = 10_000;

  /** Where the parser repeats the user's text, which may be a password. */
  private static final Pattern ECHO =
      Pattern.compile("(undefined alias|undefined tag handle|but found:|UTF-8:).*");

  private final String text;

  YamlText(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * The documents of the text.
   *
   * @param repeats hears of keys that are given twice
   */
  List<YamlNode> documents(YamlTree.Repeats repeats) throws NotYamlException {
    List<YamlNode> documents = new ArrayList<>();
    for (Node document : parse()) {
      documents.add(new YamlTree(repeats).document(document));
    }
    return documents;
  }

  private List<Node> parse() throws NotYamlException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_SIZE);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    List<Node> documents = new ArrayList<>();
    try {
      new Yaml(options).composeAll(new StringReader(text)).forEach(documents::add);
    } catch (MarkedYAMLException e) {
      throw syntax(e);
    } catch (ReaderException e) {
      throw new NotYamlException(
          lineOf(e.getPosition()), "has a character that no YAML file may have", "remove it");
    } catch (YAMLException | NumberFormatException e) {
      // A number too large in a %YAML directive reaches us as it is.
      throw new NotYamlException(0, "is not YAML: " + oneLine(e.getMessage()), "");
    }
    return documents;
  }

  private NotYamlException syntax(MarkedYAMLException e) {
    int line = line(e.getProblemMark()).orElse(0);
    if (indentation(line).contains("\t")) {
      return new NotYamlException(line, "is indented with a tab", "use spaces");
    }
    String problem = "is not YAML: " + ECHO.matcher(oneLine(e.getProblem())).replaceFirst("$1");
    return new NotYamlException(line, problem, hint(e, line));
  }

  private static String hint(MarkedYAMLException e, int line) {
    if (ECHO.matcher(oneLine(e.getProblem())).find()) {
      return "a text that starts with * or ! needs quotes";
    }
    int began = line(e.getContextMark()).orElse(line);
    return e.getContext() == null || began == line
        ? ""
        : "seen " + oneLine(e.getContext()) + " that began in line " + began;
  }

  private static Optional<Integer> line(@Nullable Mark mark) {
    return Optional.ofNullable(mark).map(known -> known.getLine() + 1);
  }

  private String indentation(int line) {
    String content = line < 1 ? "" : text.lines().skip(line - 1L).findFirst().orElse("");
    return content.substring(0, content.length() - content.stripLeading().length());
  }

  private int lineOf(int position) {
    int end = text.offsetByCodePoints(0, Math.min(position, text.codePointCount(0, text.length())));
    return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "cannot be read" : message.replaceAll("\\s+", " ").strip();
  }
}
