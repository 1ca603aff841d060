package io.rke4j.core.config;

import io.rke4j.core.config.Shape.Choice;
import io.rke4j.core.config.Shape.ListOf;
import io.rke4j.core.config.Shape.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Files that are nearly right: those of the tests with letters changed, with values changed for
 * values of other places and files, and such as the table of keys allows. The same seed gives the
 * same files.
 */
final class MutatedFiles {

  private static final List<String> PIECES =
      List.of(
          "\t",
          "\n",
          " ",
          ":",
          "- ",
          "[",
          "]",
          "{",
          "}",
          "&a ",
          "*a",
          "!!int ",
          "!!binary ",
          "!x ",
          "<<: ",
          "\"",
          "'",
          "|",
          ">",
          "#",
          "%YAML 9999999999.1\n---\n",
          "---\n",
          "...",
          "\0",
          "\u0007",
          "\\",
          "@",
          "`",
          "? ",
          ", ",
          "\u00E4",
          "\uD83D\uDE00",
          "\uFEFF",
          "\u2028",
          "\"\\0\"");

  private static final List<String> WORDS =
      List.of(
          "",
          "null",
          "~",
          "true",
          "no",
          "-1",
          "0",
          "010",
          "0x1F",
          "1e9",
          "1.5",
          ".nan",
          ".inf",
          "99999999999999999999",
          "2147483648",
          "1:30",
          "2001-01-01",
          "10.0.0.0/99",
          "10.42.0.0/16",
          "::1",
          "0.0.0.0/0",
          "fd00::/8",
          "v99999999999.1.1",
          "v1.20.15-rancher2-1",
          "12h",
          "-1h",
          "9999999999h",
          "1h30m",
          "a.".repeat(3000),
          "A",
          "a b",
          "a=b",
          "=",
          "/",
          "..",
          "~/x",
          "/a:/b:ro",
          "a:b:c:d:e",
          "localhost",
          "*.example.com",
          "kube-node",
          "100%",
          "150%",
          "{{ x }}",
          "${x}",
          "%s",
          "\n",
          "x\ny",
          "\u0000",
          "\u00DF",
          "nodes",
          "<<");

  private final Random random;
  private final List<String> originals = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  MutatedFiles(long seed, Path... folders) throws IOException {
    this.random = new Random(seed);
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(MutatedFiles::isYaml).sorted().toList()) {
          originals.add(Files.readString(file));
        }
      }
    }
    for (String original : originals) {
      // What is made of aliases may contain itself.
      Object document = original.contains("&") ? null : load(original);
      if (document != null) {
        collect(document);
      }
    }
  }

  private static boolean isYaml(Path file) {
    return Files.isRegularFile(file) && file.toString().endsWith(".yml");
  }

  private void collect(Object value) {
    values.add(value);
    if (value instanceof Map<?, ?> map) {
      map.values().stream().filter(inner -> inner != null).forEach(this::collect);
    } else if (value instanceof List<?> list) {
      list.stream().filter(inner -> inner != null).forEach(this::collect);
    }
  }

  /** The next file. None of them asks a web server for anything. */
  String next() {
    String text =
        switch (random.nextInt(8)) {
          case 0, 1 -> letters(one(originals));
          case 2, 3, 4 -> branches(one(originals));
          case 5 -> letters(branches(one(originals)));
          default -> dump(byTable());
        };
    boolean asks = text.contains("addons_include") && text.matches("(?is).*https?:.*");
    return asks ? text.replace("addons_include", "addons") : text;
  }

  private <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  private String letters(String original) {
    StringBuilder text = new StringBuilder(original);
    for (int change = random.nextInt(4); change >= 0 && text.length() > 0; change--) {
      int at = random.nextInt(text.length());
      int length = Math.min(random.nextInt(12), text.length() - at);
      String piece = random.nextBoolean() ? one(PIECES) : one(WORDS);
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, at + length);
        case 1 -> text.insert(at, piece);
        case 2 -> text.replace(at, at + length, piece);
        default -> text.insert(at, text.substring(at, at + length));
      }
    }
    return text.toString();
  }

  private String branches(String original) {
    Object document = load(original);
    if (!(document instanceof Map<?, ?> root)) {
      return letters(original);
    }
    Object changed = root;
    for (int change = random.nextInt(3); change >= 0; change--) {
      changed = changed(changed, 0);
    }
    return dump(changed);
  }

  /** A copy with a change somewhere. */
  private Object changed(Object value, int depth) {
    if (depth > 0 && random.nextInt(4) == 0) {
      return other();
    }
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
      Object key = one(List.copyOf(map.keySet().stream().map(String::valueOf).toList()));
      Object inner = copy.get(key);
      switch (random.nextInt(8)) {
        case 0 -> copy.remove(key);
        case 1 -> copy.put(one(WORDS), inner);
        case 2 -> copy.put(key, null);
        default -> copy.put(key, inner == null ? other() : changed(inner, depth + 1));
      }
      return copy;
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      int at = random.nextInt(list.size());
      Object inner = copy.get(at);
      switch (random.nextInt(8)) {
        case 0 -> copy.remove(at);
        case 1 -> copy.add(inner);
        case 2 -> copy.set(at, null);
        default -> copy.set(at, inner == null ? other() : changed(inner, depth + 1));
      }
      return copy;
    }
    return other();
  }

  private Object other() {
    return switch (random.nextInt(4)) {
      case 0 -> one(values);
      case 1 -> random.nextInt(70000) - 10;
      case 2 -> random.nextBoolean();
      default -> one(WORDS);
    };
  }

  /** A file of keys that RKE knows, with values of the right kind. */
  private Map<String, Object> byTable() {
    Map<String, Object> file = section(ClusterKeys.FILE, 4);
    if (random.nextInt(10) > 0) {
      List<Object> nodes = new ArrayList<>();
      for (int number = random.nextInt(3); number >= 0; number--) {
        Map<String, Object> node = new TreeMap<>();
        node.put("address", "10.0.0." + (1 + number));
        node.put("user", "root");
        node.put("role", List.of("controlplane", "etcd", "worker"));
        nodes.add(node);
      }
      file.put("nodes", nodes);
    }
    return file;
  }

  private Map<String, Object> section(Section section, int rarity) {
    Map<String, Object> found = new LinkedHashMap<>();
    for (Key key : section.keys().values()) {
      // A file that has one key that is refused tells nothing of the others.
      if (random.nextInt(key.refusal() == null ? rarity : 400) == 0) {
        found.put(key.name(), value(key.shape()));
      }
    }
    return found;
  }

  private Object value(Shape shape) {
    if (random.nextInt(30) == 0) {
      return other();
    }
    if (shape instanceof Section section) {
      return section(section, 2);
    }
    if (shape instanceof ListOf list) {
      List<Object> items = new ArrayList<>();
      for (int number = random.nextInt(3); number > 0; number--) {
        items.add(value(list.item()));
      }
      return items;
    }
    if (shape instanceof Choice choice) {
      return one(choice.taken());
    }
    if (shape instanceof Shape.Truth) {
      return random.nextBoolean();
    }
    if (shape instanceof Shape.Whole) {
      return random.nextInt(100);
    }
    if (shape instanceof Shape.Decimal) {
      return random.nextInt(1000) / 10.0;
    }
    return shape instanceof Shape.Text ? text() : map(shape);
  }

  private Object text() {
    return random.nextInt(3) == 0 ? one(WORDS) : String.valueOf(one(values));
  }

  private Map<String, Object> map(Shape shape) {
    Map<String, Object> found = new LinkedHashMap<>();
    for (int number = random.nextInt(3); number > 0; number--) {
      Object value = shape instanceof Shape.PairsOfLists ? List.of(text(), text()) : other();
      found.put(random.nextBoolean() ? one(WORDS) : "name", value);
    }
    return found;
  }

  private static @Nullable Object load(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setWarnOnDuplicateKeys(false);
    try {
      return new Yaml(new SafeConstructor(options)).load(text);
    } catch (YAMLException | StackOverflowError e) {
      return null;
    }
  }

  private static String dump(Object value) {
    try {
      return new Yaml().dump(value);
    } catch (YAMLException | StackOverflowError e) {
      return "nodes: []";
    }
  }
}
