package io.rke4j.api.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a cluster's certificates and keys come from. */
public sealed interface CertificateSpec {

  /** All are made for this cluster, by authorities that are made for it. RKE's default. */
  record Generated() implements CertificateSpec {}

  /**
   * The user brings them, as with RKE's {@code --custom-certs}. Each is a pair of PEM files, for
   * example {@code kube-apiserver.pem} and {@code kube-apiserver-key.pem}. Required are {@code
   * kube-ca.pem} and everything that it signs; if {@code kube-ca-key.pem} is there too, what is
   * missing is signed with it. {@code kube-service-account-token} is made if it is missing.
   *
   * <p>They are checked before a host is touched: that keys and certificates belong together, by
   * whom they are signed, when they end, what they are for, and whom they name.
   *
   * @param files the text of each file by its name, without folders
   */
  record Provided(Map<String, Secret> files) implements CertificateSpec {
    /** Copies the files. */
    public Provided {
      files = Collections.unmodifiableMap(new TreeMap<>(files));
    }
  }

  /** Everything is made for this cluster. */
  static CertificateSpec generated() {
    return new Generated();
  }

  /** The user brings them, by file name. */
  static CertificateSpec provided(Map<String, Secret> files) {
    return new Provided(files);
  }

  /**
   * The user brings them in a folder, which is read now: every {@code *.pem} but signing requests
   * ({@code *-csr.pem}).
   *
   * @throws InvalidSpecException naming every file that cannot be read
   */
  static CertificateSpec from(Path folder) {
    List<SpecProblem> problems = new ArrayList<>();
    Map<String, Secret> files = new TreeMap<>();
    for (Path file : certificatesIn(folder, problems)) {
      try {
        byte[] content = Files.readAllBytes(file);
        files.put(
            String.valueOf(file.getFileName()),
            Secret.of(new String(content, StandardCharsets.UTF_8)));
      } catch (IOException e) {
        problems.add(unreadable(file, e));
      }
    }
    if (files.isEmpty() && problems.isEmpty()) {
      problems.add(
          new SpecProblem(
              folder.toString(),
              "holds no certificate",
              "name the folder with kube-ca.pem and the others"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSpecException("the folder of certificates", problems);
    }
    return new Provided(files);
  }

  private static List<Path> certificatesIn(Path folder, List<SpecProblem> problems) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> isCertificateOrKey(file.toString())).sorted().toList();
    } catch (IOException e) {
      problems.add(unreadable(folder, e));
      return List.of();
    }
  }

  private static boolean isCertificateOrKey(String name) {
    return name.endsWith(".pem") && !name.endsWith("-csr.pem");
  }

  private static SpecProblem unreadable(Path path, IOException e) {
    return new SpecProblem(
        path.toString(),
        "cannot be read (" + e.getClass().getSimpleName() + ")",
        "check that it is there, and who may read it");
  }
}
