package io.rke4j.examples.cli;

import io.rke4j.api.cluster.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The administrator's kubeconfig as a file that only its owner can read. */
final class KubeconfigFile {

  private KubeconfigFile() {}

  /** {@code kube_config_<name>.yml} beside the cluster's file, as RKE names it. */
  static Path beside(Path clusterFile) {
    String name = String.valueOf(clusterFile.getFileName()).replaceFirst("\\.ya?ml$", "");
    return clusterFile.resolveSibling("kube_config_" + name + ".yml");
  }

  static void write(Path file, Secret kubeconfig) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path fresh =
        Files.createTempFile(
            folder,
            ".kubeconfig",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, kubeconfig.reveal().getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
