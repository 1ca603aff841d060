package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.runtime.HostFile;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is still to be done for files beside it: a file on a host that comes with them and is
 * emptied at the end. Each line names a container, and whether it is only to be waited for.
 *
 * @param restarts those that are yet to be restarted
 * @param awaited those that were healthy before they were restarted, and have not been seen so
 *     since
 */
record RestartNote(Set<String> restarts, Set<String> awaited) {

  static final RestartNote EMPTY = new RestartNote(Set.of(), Set.of());

  private static final String AWAIT = "await ";

  RestartNote {
    restarts = Set.copyOf(restarts);
    awaited = Set.copyOf(awaited);
  }

  /** Where it lies for the files of a folder. */
  static String in(String folder) {
    return folder + "/.restarts";
  }

  static RestartNote read(HostFile file) {
    Set<String> restarts = new HashSet<>();
    Set<String> awaited = new HashSet<>();
    for (String line : file.content().reveal().lines().toList()) {
      if (line.startsWith(AWAIT)) {
        awaited.add(line.substring(AWAIT.length()));
      } else {
        restarts.add(line);
      }
    }
    return new RestartNote(restarts, awaited);
  }

  HostFile at(String path) {
    String lines =
        Stream.concat(restarts.stream(), awaited.stream().map(name -> AWAIT + name))
            .sorted()
            .collect(Collectors.joining("\n"));
    return HostFile.file(path, 0600, Secret.of(lines));
  }

  boolean isEmpty() {
    return restarts.isEmpty() && awaited.isEmpty();
  }
}
