package io.rke4j.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Nearest {

  private static final int SHORTEST_PART = 4;
  private static final int LONGEST = 60;

  private Nearest() {}

  /** The known word closest to a mistyped one, if any is close. */
  static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> isNear(plain(word), plain(candidate)))
        .min(Comparator.comparingInt(candidate -> edits(plain(word), plain(candidate))));
  }

  /** As a hint; empty if nothing is close. */
  static String hint(String word, Collection<String> known) {
    return to(word, known).map(found -> "did you mean " + found + "?").orElse("");
  }

  /** Whether two words differ in dashes, underscores, dots and capitals only. */
  static boolean isSame(String word, String candidate) {
    return plain(word).equals(plain(candidate));
  }

  private static boolean isNear(String word, String candidate) {
    if (word.length() > LONGEST) {
      return false;
    }
    boolean part =
        Math.min(word.length(), candidate.length()) >= SHORTEST_PART
            && (word.contains(candidate) || candidate.contains(word));
    return part || edits(word, candidate) <= Math.max(1, word.length() / 3);
  }

  /** RKE writes dashes, underscores and capitals as it comes: none of them tells words apart. */
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }

  private static int edits(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int moved = Math.min(current[column - 1], previous[column]) + 1;
        current[column] = Math.min(previous[column - 1] + change, moved);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
