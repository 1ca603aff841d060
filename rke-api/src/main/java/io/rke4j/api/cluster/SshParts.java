package io.rke4j.api.cluster;

import java.nio.file.Path;

/** What the builders of nodes and of bastion hosts have collected about SSH. */
final class SshParts {

  private static final String NOBODY = "nobody";

  String user = "";
  int port = 22;
  SshKey key = new SshKey.FromFile(Path.of(System.getProperty("user.home"), ".ssh", "id_rsa"));

  SshAccess build(String path, Problems problems) {
    if (user.isBlank()) {
      problems.add(path + ".user", "is missing", "give the account to log in with");
    }
    return problems.value(
        path + ".port",
        new SshAccess(NOBODY, 22, key),
        () -> new SshAccess(user.isBlank() ? NOBODY : user, port, key));
  }
}
