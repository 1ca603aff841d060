package io.rke4j.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a key may hold. */
sealed interface Shape {

  /** The name of the shape as error messages say it. */
  String kind();

  /** Any single value; RKE takes numbers and truth values by their text. */
  record Text() implements Shape {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** True or false. */
  record Truth() implements Shape {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  /** A whole number. */
  record Whole() implements Shape {
    @Override
    public String kind() {
      return "a whole number";
    }
  }

  /** A number, perhaps with a fraction. */
  record Decimal() implements Shape {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /**
   * One of a few words.
   *
   * @param taken the words that work
   * @param later words that RKE knows and we do not yet
   */
  record Choice(List<String> taken, List<String> later) implements Shape {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A list. */
  record ListOf(Shape item) implements Shape {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map whose keys the user chooses. */
  record Pairs() implements Shape {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** A map whose keys the user chooses, with lists of texts. */
  record PairsOfLists() implements Shape {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** A map whose keys the user chooses, with maps whose keys RKE knows. */
  record MapOf(Section item) implements Shape {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** A map that is passed on to Kubernetes, which knows its keys. */
  record Structure() implements Shape {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** A map whose keys RKE knows. */
  record Section(Map<String, Key> keys) implements Shape {

    static Section of(List<Key> keys) {
      Map<String, Key> byName = new LinkedHashMap<>();
      keys.forEach(key -> byName.put(key.name(), key));
      return new Section(Collections.unmodifiableMap(byName));
    }

    @Override
    public String kind() {
      return "a map";
    }
  }

  /** Something that is not looked into. */
  record Anything() implements Shape {
    @Override
    public String kind() {
      return "anything";
    }
  }
}
