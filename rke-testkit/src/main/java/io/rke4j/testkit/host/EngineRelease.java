package io.rke4j.testkit.host;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Docker Engine, as far as its clients can tell releases apart.
 *
 * @param version for example {@code 20.10.24}
 * @param newestApi the second number of the newest version of the API that it speaks
 * @param oldestApi the same of the oldest
 */
public record EngineRelease(String version, int newestApi, int oldestApi) {

  /** API 1.45 left the configuration of builds out of images. */
  public static final int WITHOUT_CONTAINER_CONFIG = 45;

  /** API 1.44 left the second size out of images. */
  public static final int WITHOUT_VIRTUAL_SIZE = 44;

  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int MAJOR = 100;

  /**
   * Docker's table of releases and the newest API of each; one without a line has the line before.
   */
  private static final TreeMap<Integer, Integer> APIS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(0, 38),
              Map.entry(18_09, 39),
              Map.entry(19_03, 40),
              Map.entry(20_10, 41),
              Map.entry(23_00, 42),
              Map.entry(24_00, 43),
              Map.entry(25_00, 44),
              Map.entry(26_00, 45),
              Map.entry(27_00, 46),
              Map.entry(27_02, 47),
              Map.entry(28_00, 48),
              Map.entry(28_01, 49),
              Map.entry(28_02, 50),
              Map.entry(28_03, 51),
              Map.entry(29_00, 52)));

  /** The one that hosts have unless they are told otherwise. */
  public static final EngineRelease USUAL = of("20.10.24");

  /**
   * The release with this version.
   *
   * @throws IllegalArgumentException if it does not begin with two numbers
   */
  public static EngineRelease of(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("no version of Docker Engine: " + version);
    }
    int major = Integer.parseInt(numbers.group(1));
    int key = major * MAJOR + Integer.parseInt(numbers.group(2));
    int oldest = major >= 29 ? 44 : major >= 25 ? 24 : 12;
    return new EngineRelease(version, APIS.floorEntry(key).getValue(), oldest);
  }

  /** Whether its API is at least as new as this; {@code 42} means 1.42. */
  public boolean speaks(int api) {
    return newestApi >= api;
  }

  /**
   * Whether it is one of those, from 25 on, that say in other words why a container cannot be
   * removed, and so on.
   */
  public boolean speaksPlainly() {
    return speaks(44);
  }

  /** The newest version of its API, for example {@code 1.41}. */
  public String api() {
    return "1." + newestApi;
  }

  /** The oldest version of its API. */
  public String minApi() {
    return "1." + oldestApi;
  }

  @Override
  public String toString() {
    return version;
  }
}
