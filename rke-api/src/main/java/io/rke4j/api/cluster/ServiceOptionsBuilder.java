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
  private final List<String> binds = new ArrayList<>();
  private final List<String> env = new ArrayList<>();

  ServiceOptionsBuilder(String path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** A flag without leading dashes; it wins over every default. */
  public ServiceOptionsBuilder arg(String name, String value) {
    if (name.startsWith("-") || name.isBlank() || name.contains("=")) {
      problems.add(
          path + ".extra_args." + name, "is not the name of a flag", "write it without dashes");
    }
    args.put(name, value);
    return this;
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
    return new ServiceOptions(args, binds, env);
  }
}
