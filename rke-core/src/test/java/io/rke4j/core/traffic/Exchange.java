package io.rke4j.core.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One request to a Docker Engine and its answer, without anything secret: no headers, and of
 * archives only which files they hold.
 *
 * @param method of the request
 * @param path of the request, with its parameters
 * @param request its body, if that is JSON; else null
 * @param files what lies in an archive that was sent; empty if none was
 * @param status of the answer
 * @param answer what the library reads of the answer
 */
record Exchange(
    String method,
    String path,
    JsonNode request,
    List<FileLine> files,
    int status,
    JsonNode answer) {

  /**
   * A file of an archive.
   *
   * @param path in the archive; folders end with a slash
   * @param mode as {@code chmod} takes it
   * @param link where it points to, if it is a link; else empty
   */
  record FileLine(String path, int mode, String link) {}

  /** The path without the version of the API and without parameters. */
  String place() {
    return path.replaceFirst("^/v1\\.\\d+", "").replaceFirst("\\?.*", "");
  }
}
