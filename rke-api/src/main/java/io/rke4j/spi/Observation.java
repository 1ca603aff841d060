package io.rke4j.spi;

/**
 * What one look at something awaited has shown.
 *
 * @param reached whether the awaited state is there
 * @param lastSeen what was seen, in words; ends up in the error if time runs out
 */
public record Observation(boolean reached, String lastSeen) {

  /** The awaited state is there. */
  public static Observation done() {
    return new Observation(true, "");
  }

  /** Not yet, and this is what was seen instead. */
  public static Observation notYet(String lastSeen) {
    return new Observation(false, lastSeen);
  }
}
