package io.rke4j.core.cluster;

import io.rke4j.api.cluster.ImageRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a program as the tag of its image names it: 3, 4 and 15 in {@code
 * v3.4.15-rancher1}, 1, 11 and 5 in {@code nginx-1.11.5-rancher1}.
 *
 * @param numbers the numbers, the most important first
 */
public record ImageVersion(List<Integer> numbers) implements Comparable<ImageVersion> {

  private static final Pattern NUMBERS =
      Pattern.compile("(?:[a-z]+-)?v?(\\d{1,6}(?:\\.\\d{1,6}){1,3})(?:[-.+].*)?");

  /** Copies the numbers. */
  public ImageVersion {
    numbers = List.copyOf(numbers);
  }

  /** The version that an image's tag names; empty if it names none, as {@code latest} does not. */
  public static Optional<ImageVersion> of(ImageRef image) {
    return of(image.tag());
  }

  /** The version that a tag, or a program itself, names; empty if it names none. */
  public static Optional<ImageVersion> of(String tag) {
    Matcher matcher = NUMBERS.matcher(tag);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Integer> numbers = new ArrayList<>();
    for (String number : List.of(matcher.group(1).split("\\.", -1))) {
      numbers.add(Integer.valueOf(number));
    }
    return Optional.of(new ImageVersion(numbers));
  }

  /** A version that is written down correctly. */
  public static ImageVersion parse(String text) {
    return of(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a version"));
  }

  /**
   * Whether an image's program is this new. A tag that names no version is taken for the newest:
   * that of an image of the user's own.
   */
  public static boolean isAtLeast(ImageRef image, String first) {
    return of(image).map(version -> version.compareTo(parse(first)) >= 0).orElse(true);
  }

  @Override
  public int compareTo(ImageVersion other) {
    for (int index = 0; index < Math.max(numbers.size(), other.numbers.size()); index++) {
      int difference = Integer.compare(number(index), other.number(index));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private int number(int index) {
    return index < numbers.size() ? numbers.get(index) : 0;
  }
}
