package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what the user adds to one component. */
public final class ServiceOptionsBuilder {

  private final String path;
  private final Problems problems;
  private final Map<String, String> args = new TreeMap<>();
  private final Map<String, List<String>> repeatedArgs = new TreeMap<>();
  private final List<String> binds = new ArrayList<>();
  private final List<String> env = new ArrayList<>();

  ServiceOptionsBuilder(String path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** A flag without leading dashes; it wins over every default. */
  public ServiceOptionsBuilder arg(String name, String value) {
    checkName(path + ".extra_args." + name, name);
    args.put(name, value);
    return this;
  }

  /** A flag without leading dashes that is given several times, once for each value. */
  public ServiceOptionsBuilder repeatedArg(String name, List<String> values) {
    String place = path + ".extra_args_array." + name;
    checkName(place, name);
    if (values.isEmpty()) {
      problems.add(place, "has no value", "leave it out");
    }
    repeatedArgs.put(name, values);
    return this;
  }

  private void checkName(String place, String name) {
    if (name.startsWith("-") || name.isBlank() || name.contains("=")) {
      problems.add(place, "is not the name of a flag", "write it without dashes");
    }
  }

  /** A mount in Docker's form {@code /host/path:/container/path[:options]}. */
  public ServiceOptionsBuilder bind(String mount) {
    if (!mount.matches("/[^:]*:/[^:]*(:[A-Za-z,]+)?")) {
      problems.add(
          path + ".extra_binds[" + binds.size() + "]",
          "'" + mount + "' is not a mount",
          "write /host/path:/container/path[:options]");
    }
    binds.add(mount);
    return this;
  }

  /** A variable in the form {@code NAME=value}. */
  public ServiceOptionsBuilder env(String variable) {
    if (variable.indexOf('=') < 1) {
      problems.add(path + ".extra_env[" + env.size() + "]", "is not in the form NAME=value", "");
    }
    env.add(variable);
    return this;
  }

  ServiceOptions build() {
    for (String name : repeatedArgs.keySet()) {
      if (args.containsKey(name)) {
        problems.add(
            path + ".extra_args_array." + name, "is under extra_args, too", "name the flag once");
      }
    }
    return new ServiceOptions(args, binds, env, repeatedArgs);
  }
}
