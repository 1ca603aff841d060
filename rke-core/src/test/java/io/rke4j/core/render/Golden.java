package io.rke4j.core.render;

import java.nio.file.Path;

/** The golden files of this module, by component; {@code -Dgolden.update=true} writes them anew. */
public final class Golden {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  public static void check(String component, String name, String actual) {
    io.rke4j.testkit.assertion.Golden.assertMatches(
        FOLDER.resolve(component).resolve(name + ".txt"), actual);
  }
}
