package io.rke4j.core.config;

import java.nio.file.Path;

/**
 * Where relative paths of a file start.
 *
 * @param path the folder of the file
 */
record Folder(Path path) {

  /**
   * A path of the file as an absolute one.
   *
   * @throws java.nio.file.InvalidPathException if it is none
   */
  Path resolve(String text) {
    if (text.equals("~") || text.startsWith("~/")) {
      return Path.of(System.getProperty("user.home") + text.substring(1));
    }
    return path.resolve(text).normalize();
  }
}
