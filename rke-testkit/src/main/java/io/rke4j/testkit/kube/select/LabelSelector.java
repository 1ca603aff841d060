package io.rke4j.testkit.kube.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chooses objects by their labels. */
public final class LabelSelector {

  // Commas within parentheses do not end a requirement.
  private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");
  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUALITY =
      Pattern.compile("([^!=\\s]+)\\s*(==|=|!=)\\s*([^!=\\s]*)");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^!=\\s()]+)");

  private LabelSelector() {}

  /**
   * Reads a selector as in a query, for example {@code a=b,c!=d,e in (x,y),!f}.
   *
   * @throws KubeFailure with code 400 if it is none
   */
  public static Predicate<JsonNode> parse(String text) {
    if (text.isBlank()) {
      return object -> true;
    }
    return COMMA
        .splitAsStream(text)
        .map(part -> requirement(part.strip()))
        .reduce(object -> true, Predicate::and);
  }

  private static Predicate<JsonNode> requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      List<String> values = Arrays.stream(set.group(3).split(",", -1)).map(String::strip).toList();
      return oneOf(set.group(1), set.group(2).equals("in"), values);
    }
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      return oneOf(equality.group(1), !equality.group(2).equals("!="), List.of(equality.group(3)));
    }
    Matcher existence = EXISTENCE.matcher(text);
    if (existence.matches()) {
      boolean wanted = existence.group(1).isEmpty();
      return object -> Meta.label(object, existence.group(2)).isPresent() == wanted;
    }
    throw KubeFailure.badRequest("unable to parse requirement: " + text);
  }

  private static Predicate<JsonNode> oneOf(String key, boolean wanted, List<String> values) {
    return object -> {
      Optional<String> value = Meta.label(object, key);
      return value.filter(values::contains).isPresent() == wanted;
    };
  }

  /** Reads a selector as in an object: {@code matchLabels} and {@code matchExpressions}. */
  public static Predicate<JsonNode> of(JsonNode selector) {
    Stream<Predicate<JsonNode>> labels =
        Json.fields(selector.path("matchLabels"))
            .map(field -> oneOf(field.getKey(), true, List.of(field.getValue().asText())));
    Stream<Predicate<JsonNode>> expressions =
        Json.elements(selector.path("matchExpressions")).map(LabelSelector::expression);
    return Stream.concat(labels, expressions).reduce(object -> true, Predicate::and);
  }

  private static Predicate<JsonNode> expression(JsonNode expression) {
    String key = expression.path("key").asText();
    List<String> values = Json.texts(expression.path("values"));
    return switch (expression.path("operator").asText()) {
      case "In" -> oneOf(key, true, values);
      case "NotIn" -> oneOf(key, false, values);
      case "Exists" -> object -> Meta.label(object, key).isPresent();
      case "DoesNotExist" -> object -> Meta.label(object, key).isEmpty();
      default -> object -> false;
    };
  }
}
