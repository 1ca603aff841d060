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
 * @param repeatedArgs flags that are given several times, once for each value; they come after all
 *     others, so that they win or add, as the component takes it
 */
public record ServiceOptions(
    Map<String, String> args,
    List<String> binds,
    List<String> env,
    Map<String, List<String>> repeatedArgs) {

  /** Nothing added. */
  public static final ServiceOptions NONE = new ServiceOptions(Map.of(), List.of(), List.of());

  /** What is added, without flags that are given several times. */
  public ServiceOptions(Map<String, String> args, List<String> binds, List<String> env) {
    this(args, binds, env, Map.of());
  }

  /** Copies the collections. */
  public ServiceOptions {
    args = Collections.unmodifiableMap(new TreeMap<>(args));
    binds = List.copyOf(binds);
    env = List.copyOf(env);
    Map<String, List<String>> copies = new TreeMap<>();
    repeatedArgs.forEach((name, values) -> copies.put(name, List.copyOf(values)));
    repeatedArgs = Collections.unmodifiableMap(copies);
  }

  /** The environment may carry credentials, so it prints as a count. */
  @Override
  public String toString() {
    return "ServiceOptions[args="
        + args
        + ", repeatedArgs="
        + repeatedArgs
        + ", binds="
        + binds
        + ", env="
        + env.size()
        + " variables]";
  }
}
