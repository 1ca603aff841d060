package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.ContainerProcess;
import java.io.FileNotFoundException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files and versions that components need. */
final class Files {

  private static final Pattern VERSION = Pattern.compile("v\\d+\\.\\d+\\.\\d+");

  private Files() {}

  /**
   * The text of the file that a flag names.
   *
   * @throws FileNotFoundException if it is not there
   */
  static String required(ContainerProcess process, String flag) throws FileNotFoundException {
    String path =
        process
            .settings()
            .flag(flag)
            .orElseThrow(() -> new FileNotFoundException("--" + flag + " is not given"));
    return process
        .files()
        .text(path)
        .orElseThrow(
            () -> new FileNotFoundException("open " + path + ": no such file or directory"));
  }

  /** The version of Kubernetes that an image has by its tag, for example {@code v1.20.15}. */
  static String kubernetes(ContainerProcess process) {
    Matcher version = VERSION.matcher(process.settings().image());
    return version.find() ? version.group() : "v1.20.15";
  }

  /** The second number of that version. */
  static int minor(ContainerProcess process) {
    return Integer.parseInt(kubernetes(process).split("\\.", -1)[1]);
  }
}
