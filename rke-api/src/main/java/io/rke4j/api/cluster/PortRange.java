package io.rke4j.api.cluster;

/**
 * A range of TCP and UDP ports, both ends included.
 *
 * @param first the lowest port
 * @param last the highest port
 */
public record PortRange(int first, int last) {

  /** Checks the bounds. */
  public PortRange {
    if (first < 1 || last > 65535 || first > last) {
      throw new IllegalArgumentException(first + "-" + last + " is not a range within 1-65535");
    }
  }

  /** Reads {@code 30000-32767}. */
  public static PortRange parse(String text) {
    String[] ends = text.split("-", -1);
    try {
      if (ends.length == 2) {
        return new PortRange(Integer.parseInt(ends[0].trim()), Integer.parseInt(ends[1].trim()));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a range such as 30000-32767", e);
    }
    throw new IllegalArgumentException("'" + text + "' is not a range such as 30000-32767");
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
