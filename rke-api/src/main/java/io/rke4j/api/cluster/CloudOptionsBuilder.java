package io.rke4j.api.cluster;

import io.rke4j.api.cluster.CloudOption.Kind;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Collects settings of a cloud provider. An empty text is the same as no setting, as with RKE.
 *
 * @param <O> the settings that there are
 */
public final class CloudOptionsBuilder<O extends Enum<O> & CloudOption> {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final String path;
  private final Problems problems;
  private final Map<O, Secret> values = new TreeMap<>();

  CloudOptionsBuilder(String path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** Sets a text. */
  public CloudOptionsBuilder<O> set(O option, String value) {
    return put(option, Kind.TEXT, Secret.of(value));
  }

  /** Sets a text that must not be printed: a password. */
  public CloudOptionsBuilder<O> set(O option, Secret value) {
    return put(option, Kind.SECRET, value);
  }

  /** Sets a truth. */
  public CloudOptionsBuilder<O> set(O option, boolean value) {
    return put(option, Kind.TRUTH, Secret.of(Boolean.toString(value)));
  }

  /** Sets a number. */
  public CloudOptionsBuilder<O> set(O option, int value) {
    return put(option, Kind.WHOLE, Secret.of(Integer.toString(value)));
  }

  private CloudOptionsBuilder<O> put(O option, Kind kind, Secret value) {
    if (kind != option.kind()) {
      problems.add(path(option), "must be " + words(option.kind()), "");
    } else if (CONTROL.matcher(value.reveal()).find()) {
      problems.add(
          path(option), "has a line break or another control character", "write it on one line");
    }
    // Also what is refused, so that nobody complains that it is missing.
    if (!value.reveal().isEmpty()) {
      values.put(option, value);
    }
    return this;
  }

  private static String words(Kind kind) {
    return switch (kind) {
      case TEXT -> "a text";
      case SECRET -> "a Secret";
      case TRUTH -> "true or false";
      case WHOLE -> "a whole number";
    };
  }

  /** Where a setting stands in {@code cluster.yml}. */
  String path(O option) {
    return path + "." + option.path();
  }

  /** Notes each of these settings that is missing. */
  @SafeVarargs
  final void require(String why, O... options) {
    for (O option : options) {
      if (!values.containsKey(option)) {
        problems.add(path(option), "is missing", why);
      }
    }
  }

  boolean has(O option) {
    return values.containsKey(option);
  }

  CloudOptions<O> build() {
    return new CloudOptions<>(values);
  }
}
