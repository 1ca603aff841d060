package io.rke4j.core.config;

import java.util.List;
import java.util.Map;

/** A value of a YAML file that remembers its line. Aliases and merge keys are already resolved. */
sealed interface YamlNode {

  /** Line of the file, counted from 1. */
  int line();

  /** What it is, as error messages say it. */
  String kind();

  /** Whether it is {@code null} or nothing at all. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.type() == ScalarType.NOTHING;
  }

  /** What YAML takes a scalar for. */
  enum ScalarType {
    TEXT("a text"),
    WHOLE("a number"),
    DECIMAL("a decimal number"),
    TRUTH("true or false"),
    NOTHING("empty");

    private final String kind;

    ScalarType(String kind) {
      this.kind = kind;
    }
  }

  /**
   * A single value.
   *
   * @param text as it is in the file
   * @param block whether the text starts on the line after the key, with its line breaks kept
   */
  record Scalar(int line, String text, ScalarType type, boolean block) implements YamlNode {

    @Override
    public String kind() {
      return type.kind;
    }

    /** The text may be a private key. */
    @Override
    public String toString() {
      return "Scalar[line=" + line + ", type=" + type + "]";
    }
  }

  /** A list. */
  record Items(int line, List<YamlNode> items) implements YamlNode {

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map, in the order of the file. */
  record Fields(int line, Map<String, Field> fields) implements YamlNode {

    @Override
    public String kind() {
      return "a map";
    }
  }

  /** A value in a map, with the line of its key. */
  record Field(int line, YamlNode value) {}
}
