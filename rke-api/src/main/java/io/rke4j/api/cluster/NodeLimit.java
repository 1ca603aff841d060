package io.rke4j.api.cluster;

import java.util.regex.Pattern;

/**
 * How many nodes may be changed at the same time: a number, or a percentage of those there are.
 *
 * @param amount the number or the percentage, from 1 on
 * @param percent whether it is a percentage, of 100 at most
 */
public record NodeLimit(int amount, boolean percent) {

  /** RKE never works on more nodes at the same time. */
  private static final int MOST = 50;

  private static final Pattern FORM = Pattern.compile("[0-9]{1,6}%?");

  /** Checks the amount. */
  public NodeLimit {
    if (amount < 1 || (percent && amount > 100)) {
      throw new IllegalArgumentException(
          percent ? "must be from 1% to 100%" : "must be 1 or more nodes");
    }
  }

  /**
   * Reads {@code 2} or {@code 10%}.
   *
   * @throws IllegalArgumentException if it is neither, or nothing
   */
  public static NodeLimit parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither a number of nodes nor a percentage, such as 2 or 10%");
    }
    return new NodeLimit(Integer.parseInt(text.replace("%", "")), text.endsWith("%"));
  }

  /** How many that are of so many: percentages are rounded down as by RKE, to one at least. */
  public int of(int nodes) {
    int many = percent ? nodes * amount / 100 : amount;
    return Math.max(1, Math.min(many, MOST));
  }

  @Override
  public String toString() {
    return amount + (percent ? "%" : "");
  }
}
