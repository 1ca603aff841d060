package io.rke4j.core.pki;

import io.rke4j.api.cluster.CertificateSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle.Entry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the user provides, and what is wrong with them. Which files there are, and
 * what they are called, is RKE's; it looks only at whether they are there, and whether the names of
 * issuer and authority are alike.
 */
public final class ProvidedCertificates {

  private static final String SIGN_REQUEST =
      "have its signing request signed, which requestCertificates writes (examples/run csr)";

  private final Resolved cluster;
  private final Map<String, Secret> files;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, X509Certificate> certificates = new HashMap<>();
  private final List<SpecProblem> problems = new ArrayList<>();

  private ProvidedCertificates(Resolved cluster, Map<String, Secret> files) {
    this.cluster = cluster;
    this.files = files;
  }

  /** What is provided and can be read; empty if certificates are generated. */
  public static CertificateBundle of(Resolved cluster) {
    return new CertificateBundle(read(cluster).entries);
  }

  /** Everything that is wrong with what is provided. */
  public static List<SpecProblem> problems(Resolved cluster, Instant now) {
    ProvidedCertificates provided = read(cluster);
    if (isProvided(cluster)) {
      provided.check(now);
    }
    return List.copyOf(provided.problems);
  }

  /**
   * Refuses everything that is wrong with what is provided.
   *
   * @throws InvalidSpecException naming every problem
   */
  public static void check(Resolved cluster, Instant now) {
    List<SpecProblem> problems = problems(cluster, now);
    if (!problems.isEmpty()) {
      throw new InvalidSpecException(
          "the set of certificates for cluster '" + cluster.spec().name() + "'", problems);
    }
  }

  /**
   * Refuses another authority than that of a cluster that runs: until the last host has heard of
   * it, its members would not believe each other.
   *
   * @throws InvalidSpecException if it is another one
   */
  public static void checkAuthority(Resolved cluster, CertificateBundle inUse) {
    Optional<Entry> given = of(cluster).find(Certificates.CA);
    Optional<Entry> present = inUse.find(Certificates.CA);
    if (given.isEmpty() || present.isEmpty() || isSameAuthority(given.get(), present.get())) {
      return;
    }
    throw new InvalidSpecException(
        "cluster '" + cluster.spec().name() + "'",
        List.of(
            problem(
                Certificates.CA,
                ".pem",
                "is another authority than that of the cluster, which runs; to replace it is not"
                    + " supported yet",
                "have the certificates signed by the authority in use")));
  }

  private static boolean isSameAuthority(Entry one, Entry other) {
    try {
      return Inspection.sameKey(
          Pem.readCertificate(one.certificatePem()).getPublicKey(),
          Pem.readCertificate(other.certificatePem()).getPublicKey());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether any are. */
  public static boolean isProvided(Resolved cluster) {
    return cluster.spec().access().certificates() instanceof CertificateSpec.Provided;
  }

  /** What is strange about the files, and harms nothing. */
  public static List<String> warnings(Resolved cluster) {
    ProvidedCertificates provided = read(cluster);
    List<String> warnings = new ArrayList<>();
    if (provided.sharesAuthority()) {
      warnings.add(
          "kube-apiserver-requestheader-ca.pem is not provided: as with RKE, kube-ca speaks for"
              + " aggregated API servers, too");
    }
    List<String> known = Certificates.of(cluster).stream().map(CertificateRequest::name).toList();
    provided.files.keySet().stream()
        .filter(file -> !known.contains(file.replaceFirst("(-key)?\\.pem$", "")))
        .filter(file -> !Certificates.isOfOneNode(file))
        .forEach(
            file ->
                warnings.add(file + " is not the name of a certificate of RKE, and is not used"));
    return warnings;
  }

  static SpecProblem problem(String name, String ending, String problem, String hint) {
    return new SpecProblem("certificates/" + name + ending, problem, hint);
  }

  private static ProvidedCertificates read(Resolved cluster) {
    Map<String, Secret> files =
        cluster.spec().access().certificates() instanceof CertificateSpec.Provided provided
            ? provided.files()
            : Map.of();
    ProvidedCertificates read = new ProvidedCertificates(cluster, files);
    Certificates.of(cluster).forEach(read::read);
    if (read.sharesAuthority() && read.entries.containsKey(Certificates.CA)) {
      Entry authority = new CertificateBundle(read.entries).entry(Certificates.CA);
      read.entries.put(Certificates.REQUEST_HEADER_CA, authority);
    }
    return read;
  }

  /** Without the one authority RKE takes the other. */
  private boolean sharesAuthority() {
    return !hasCertificate(Certificates.REQUEST_HEADER_CA)
        && hasCertificate(Certificates.PROXY_CLIENT);
  }

  private void read(CertificateRequest request) {
    String name = request.name();
    if (!hasCertificate(name) || !(hasKey(name) || request.isAuthority())) {
      return;
    }
    Secret key = files.getOrDefault(name + "-key.pem", Secret.of(""));
    try {
      X509Certificate certificate = certificate(name);
      certificates.put(name, certificate);
      KeyPair pair = hasKey(name) ? key(name, key) : null;
      if (pair != null && !Inspection.sameKey(certificate.getPublicKey(), pair.getPublic())) {
        problems.add(
            problem(
                name,
                "-key.pem",
                "does not belong to " + name + ".pem",
                "provide the key that the request was made with"));
        return;
      }
      entries.put(
          name,
          new Entry(Pem.certificate(certificate), pair == null ? key : Pem.key(pair.getPrivate())));
    } catch (IOException | GeneralSecurityException e) {
      problems.add(problem(name, ".pem", "cannot be used: " + e.getMessage(), "export it anew"));
    } catch (Unreadable e) {
      problems.add(e.problem);
    }
  }

  private X509Certificate certificate(String name) throws Unreadable {
    String text = files.getOrDefault(name + ".pem", Secret.of("")).reveal();
    int found = Pem.certificatesIn(text);
    if (found > 1) {
      // RKE takes the first and says nothing of the others.
      throw new Unreadable(
          problem(
              name,
              ".pem",
              "holds " + found + " certificates",
              "leave only its own; kube-ca.pem is the authority that signed the others, even if"
                  + " somebody else has signed that one"));
    }
    try {
      if (found == 1) {
        return Pem.readCertificate(text);
      }
    } catch (GeneralSecurityException e) {
      throw new Unreadable(problem(name, ".pem", "is damaged", "export it anew"));
    }
    throw new Unreadable(
        problem(
            name,
            ".pem",
            text.contains("CERTIFICATE REQUEST")
                ? "holds a signing request and no certificate"
                : "holds no certificate in PEM form",
            "put what the authority has signed there, in the form that begins with"
                + " '-----BEGIN CERTIFICATE-----'"));
  }

  private static KeyPair key(String name, Secret text) throws Unreadable {
    try {
      return Pem.readKey(text);
    } catch (GeneralSecurityException e) {
      throw new Unreadable(
          problem(
              name,
              "-key.pem",
              "cannot be used: " + e.getMessage(),
              "provide an RSA or EC key as PEM, without a passphrase"));
    }
  }

  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SpecProblem problem;

    Unreadable(SpecProblem problem) {
      super(problem.problem());
      this.problem = problem;
    }
  }

  private void check(Instant now) {
    for (CertificateRequest request : Certificates.of(cluster)) {
      checkPresence(request);
      X509Certificate certificate = certificates.get(request.name());
      if (certificate != null) {
        problems.addAll(
            new CertificateCheck(cluster, request, certificate, now).problems(signer(request)));
      }
    }
  }

  private @Nullable X509Certificate signer(CertificateRequest request) {
    boolean shared = request.signer().equals(Certificates.REQUEST_HEADER_CA) && sharesAuthority();
    return certificates.get(shared ? Certificates.CA : request.signer());
  }

  private void checkPresence(CertificateRequest request) {
    String name = request.name();
    if (hasKey(name) && !hasCertificate(name)) {
      problems.add(
          problem(
              name,
              ".pem",
              "is missing, and " + name + "-key.pem is there",
              "put the certificate for this key there"
                  + (request.isAuthority() ? "" : ": " + SIGN_REQUEST)));
    } else if (hasCertificate(name) && !hasKey(name) && !request.isAuthority()) {
      problems.add(
          problem(name, "-key.pem", "is missing", "put the key of " + name + ".pem there"));
    } else if (!hasCertificate(name) && !canBeIssued(request)) {
      problems.add(problem(name, ".pem", "is missing", howToGetIt(request)));
    }
  }

  private static String howToGetIt(CertificateRequest request) {
    return request.isAuthority()
        ? "put the certificate of the authority there"
        : SIGN_REQUEST + ", or provide the key of " + request.signer();
  }

  /** Whether it may be missing. */
  private boolean canBeIssued(CertificateRequest request) {
    if (request.name().equals(Certificates.SERVICE_ACCOUNT)) {
      return true;
    }
    if (request.name().equals(Certificates.REQUEST_HEADER_CA)) {
      // A key of the proxy's client waits for its certificate, and then kube-ca speaks for both.
      return sharesAuthority() || hasKey(Certificates.PROXY_CLIENT) || hasKey(Certificates.CA);
    }
    return !request.isAuthority()
        && (hasKey(request.signer())
            || (!hasCertificate(request.signer()) && hasKey(Certificates.CA)));
  }

  private boolean hasCertificate(String name) {
    return files.containsKey(name + ".pem");
  }

  private boolean hasKey(String name) {
    return files.containsKey(name + "-key.pem");
  }
}
