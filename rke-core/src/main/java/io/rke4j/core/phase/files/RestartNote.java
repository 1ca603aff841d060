package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.runtime.HostFile;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file on a host that names the containers which are yet to be restarted for files beside it, one
 * in each line. It comes with those files, and is emptied when the restarts are done.
 */
final class RestartNote {

  private RestartNote() {}

  static HostFile of(String path, Set<String> containers) {
    return HostFile.file(path, 0600, Secret.of(String.join("\n", containers)));
  }

  static Set<String> read(HostFile note) {
    return note.content().reveal().lines().collect(Collectors.toSet());
  }
}
