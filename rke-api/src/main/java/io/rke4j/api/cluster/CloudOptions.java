package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a cloud provider. All values are kept as secrets, so that none of them is printed.
 *
 * @param values the settings that are given, by their names; the others are left to the provider
 * @param <O> the settings that there are
 */
public record CloudOptions<O extends Enum<O> & CloudOption>(Map<O, Secret> values) {

  /** Copies the values, in the order of the settings. */
  public CloudOptions {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Whether a setting is given. */
  public boolean has(O option) {
    return values.containsKey(option);
  }

  /**
   * A value as text: {@code true} or {@code false} for a truth, digits for a number; empty if it is
   * not given. Some are secrets; whoever calls this is responsible for where they go.
   */
  public String reveal(O option) {
    Secret value = values.get(option);
    return value == null ? "" : value.reveal();
  }
}
