package io.rke4j.core.config;

import io.rke4j.core.config.Key.Remark;
import io.rke4j.core.config.Shape.Anything;
import io.rke4j.core.config.Shape.Choice;
import io.rke4j.core.config.Shape.Decimal;
import io.rke4j.core.config.Shape.ListOf;
import io.rke4j.core.config.Shape.MapOf;
import io.rke4j.core.config.Shape.Pairs;
import io.rke4j.core.config.Shape.PairsOfLists;
import io.rke4j.core.config.Shape.Section;
import io.rke4j.core.config.Shape.Structure;
import io.rke4j.core.config.Shape.Text;
import io.rke4j.core.config.Shape.Truth;
import io.rke4j.core.config.Shape.Whole;
import io.rke4j.core.config.YamlNode.Field;
import io.rke4j.core.config.YamlNode.Fields;
import io.rke4j.core.config.YamlNode.Items;
import io.rke4j.core.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares a file with the keys that RKE knows. */
final class KeyCheck {

  private static final int FEW_KEYS = 6;
  private static final int FEW_PLACES = 2;

  private final FileProblems problems;

  KeyCheck(FileProblems problems) {
    this.problems = problems;
  }

  void file(Fields root) {
    section(root, ClusterKeys.FILE, "", false);
  }

  /**
   * Looks through one map.
   *
   * @param refused whether the map as a whole is refused already, so that only spelling counts
   */
  private void section(Fields fields, Section known, String path, boolean refused) {
    fields
        .fields()
        .forEach(
            (name, field) -> {
              String keyPath = path.isEmpty() ? name : path + "." + name;
              Key key = known.keys().get(name);
              if (key == null) {
                unknown(name, field, known, path);
              } else {
                key(field, key, keyPath, refused);
              }
            });
  }

  private void unknown(String name, Field field, Section known, String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    List<String> names = new ArrayList<>(known.keys().keySet());
    Nearest.to(name, names).ifPresent(meant -> problems.explain(prefix + meant));
    problems.add(
        field.line(), prefix + shown(name), "is not a key that RKE knows here", hint(name, names));
  }

  private static String hint(String name, List<String> names) {
    List<String> elsewhere = ClusterKeys.places(name);
    boolean spelling = names.stream().anyMatch(known -> Nearest.isSame(name, known));
    if (!spelling && !elsewhere.isEmpty() && elsewhere.size() <= FEW_PLACES) {
      return "it belongs under " + String.join(" or ", elsewhere);
    }
    String near = Nearest.hint(name, names);
    return near.isEmpty() && names.size() <= FEW_KEYS
        ? "known here: " + String.join(", ", names)
        : near;
  }

  private void key(Field field, Key key, String path, boolean refused) {
    YamlNode value = field.value();
    Remark refusal = key.refusal();
    Remark note = key.note();
    if (note != null && !refused && !saysNothing(value, key, note.harmless())) {
      problems.note(field.line(), path, note.problem(), note.hint());
    }
    if (refusal == null || refused) {
      value(value, key.shape(), path, field.line(), refused);
    } else if (!saysNothing(value, key, refusal.harmless())) {
      problems.add(field.line(), path, refusal.problem(), refusal.hint());
      value(value, key.shape(), path, field.line(), true);
    }
  }

  private static boolean saysNothing(YamlNode value, Key key, Set<String> harmless) {
    if (value instanceof Scalar scalar) {
      return scalar.isNothing() || harmless.contains(scalar.text());
    }
    if (value instanceof Items items) {
      return items.items().isEmpty() && harmless.contains("[]");
    }
    Fields fields = (Fields) value;
    if (!harmless.contains("{}")) {
      return false;
    }
    return fields.fields().entrySet().stream()
        .allMatch(
            entry ->
                key.shape() instanceof Section section
                    && section.keys().containsKey(entry.getKey())
                    && saysNothing(
                        entry.getValue().value(), section.keys().get(entry.getKey()), Key.EMPTY));
  }

  private void value(YamlNode value, Shape shape, String path, int line, boolean refused) {
    if (value.isNothing() || shape instanceof Anything) {
      return;
    }
    if (shape instanceof Section section && value instanceof Fields fields) {
      section(fields, section, path, refused);
    } else if (shape instanceof ListOf list && value instanceof Items items) {
      items(items, list.item(), path, refused);
    } else if (shape instanceof Pairs && value instanceof Fields fields) {
      pairs(fields, new Text(), path, refused);
    } else if (shape instanceof PairsOfLists && value instanceof Fields fields) {
      pairs(fields, new ListOf(new Text()), path, refused);
    } else if (shape instanceof MapOf map && value instanceof Fields fields) {
      pairs(fields, map.item(), path, refused);
    } else if (shape instanceof Structure && value instanceof Fields fields) {
      structure(fields, path);
    } else if (!(value instanceof Scalar scalar && fits(scalar, shape))) {
      mistyped(value, shape, path, line);
    } else if (shape instanceof Choice choice && !refused) {
      word(scalar.text(), choice, path, line);
    }
  }

  private void pairs(Fields fields, Shape shape, String path, boolean refused) {
    fields
        .fields()
        .forEach(
            (name, field) -> value(field.value(), shape, path + "." + name, field.line(), refused));
  }

  /** Whoever takes it looks through it, but for items that would be gone by then. */
  private void structure(Fields fields, String path) {
    fields.fields().forEach((name, field) -> inStructure(field.value(), path + "." + name));
  }

  private void inStructure(YamlNode value, String path) {
    if (value instanceof Fields fields) {
      structure(fields, path);
    } else if (value instanceof Items items) {
      for (int index = 0; index < items.items().size(); index++) {
        YamlNode item = items.items().get(index);
        String itemPath = path + "[" + index + "]";
        if (item.isNothing()) {
          empty(item, itemPath);
        }
        inStructure(item, itemPath);
      }
    }
  }

  private void empty(YamlNode item, String path) {
    problems.add(item.line(), path, "is empty", "remove the item, or fill it in");
    problems.explain(path);
  }

  private void items(Items items, Shape shape, String path, boolean refused) {
    for (int index = 0; index < items.items().size(); index++) {
      YamlNode item = items.items().get(index);
      String itemPath = path + "[" + index + "]";
      if (item.isNothing() || (item instanceof Scalar scalar && scalar.text().isBlank())) {
        empty(item, itemPath);
      }
      value(item, shape, itemPath, item.line(), refused);
    }
  }

  private static boolean fits(Scalar scalar, Shape shape) {
    return shape instanceof Text
        || shape instanceof Choice
        || (shape instanceof Truth && Scalars.truth(scalar).isPresent())
        || (shape instanceof Decimal && Scalars.decimal(scalar).isPresent())
        || (shape instanceof Whole && Scalars.whole(scalar).isPresent());
  }

  private void mistyped(YamlNode value, Shape shape, String path, int line) {
    String hint = value instanceof Scalar scalar ? Scalars.hint(scalar, shape) : "";
    problems.add(line, path, "must be " + shape.kind() + ", but is " + value.kind(), hint);
    problems.explain(path);
  }

  private void word(String word, Choice choice, String path, int line) {
    if (word.isEmpty() || choice.taken().contains(word)) {
      return;
    }
    problems.explain(path);
    if (choice.later().contains(word)) {
      problems.add(
          line,
          path,
          "'" + word + "' is not supported yet by this version of rke4j",
          "use " + String.join(" or ", choice.taken()));
    } else {
      String meant = Nearest.hint(word, choice.taken());
      problems.add(
          line,
          path,
          "must be " + String.join(" or ", choice.taken()) + ", but is '" + shown(word) + "'",
          meant);
    }
  }

  /** A key or word of the file, fit for one line of a message. */
  private static String shown(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 60 ? plain : plain.substring(0, 60) + "...";
  }
}
