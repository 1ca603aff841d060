package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a user adds to one Kubernetes component. An argument given here wins over every default.
 *
 * @param args flags without leading dashes, with their values
 * @param binds mounts in Docker's form {@code /host/path:/container/path[:options]}
 * @param env variables in the form {@code NAME=value}
 */
public record ServiceOptions(Map<String, String> args, List<String> binds, List<String> env) {

  /** Nothing added. */
  public static final ServiceOptions NONE = new ServiceOptions(Map.of(), List.of(), List.of());

  /** Copies the collections. */
  public ServiceOptions {
    args = Collections.unmodifiableMap(new TreeMap<>(args));
    binds = List.copyOf(binds);
    env = List.copyOf(env);
  }

  /** The environment may carry credentials, so it prints as a count. */
  @Override
  public String toString() {
    return "ServiceOptions[args="
        + args
        + ", binds="
        + binds
        + ", env="
        + env.size()
        + " variables]";
  }
}
