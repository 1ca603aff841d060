package io.rke4j.core.pki;

import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateRequest.Usage;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** Holds one certificate of the user's against what the cluster needs of it. */
final class CertificateCheck {

  private static final int RSA_BITS = 2048;
  private static final int EC_BITS = 256;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int SIGN_CERTIFICATES = 5;
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final String SERVER_PURPOSE = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_PURPOSE = "1.3.6.1.5.5.7.3.2";

  private final Resolved cluster;
  private final CertificateRequest request;
  private final X509Certificate certificate;
  private final Instant now;
  private final List<SpecProblem> problems = new ArrayList<>();

  CertificateCheck(
      Resolved cluster, CertificateRequest request, X509Certificate certificate, Instant now) {
    this.cluster = cluster;
    this.request = request;
    this.certificate = certificate;
    this.now = now;
  }

  /**
   * What is wrong with it.
   *
   * @param signer its authority, if that can be read
   */
  List<SpecProblem> problems(@Nullable X509Certificate signer) {
    checkStrength();
    if (request.name().equals(Certificates.SERVICE_ACCOUNT)) {
      // Only the key is read.
      return problems;
    }
    checkValidity();
    if (request.isAuthority()) {
      checkAuthority();
      return problems;
    }
    if (signer != null) {
      checkSignature(signer);
    }
    checkSubject();
    checkNames();
    checkPurposes();
    return problems;
  }

  private void add(String problem, String hint) {
    problems.add(ProvidedCertificates.problem(request.name(), ".pem", problem, hint));
  }

  private void checkStrength() {
    PublicKey key = certificate.getPublicKey();
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS) {
      add(
          "has a key of only " + rsa.getModulus().bitLength() + " bits",
          "use an RSA key of at least " + RSA_BITS + " bits");
    } else if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() < EC_BITS) {
      add(
          "has a key of only " + ec.getParams().getOrder().bitLength() + " bits",
          "use a key on curve P-256 or a larger one");
    }
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (algorithm.startsWith("SHA1") || algorithm.startsWith("MD")) {
      add(
          "is signed with " + certificate.getSigAlgName() + ", which Kubernetes does not accept",
          "have it signed with SHA-256");
    }
  }

  private void checkValidity() {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (!end.isAfter(now)) {
      add("expired at " + end, "have it signed again; the key may stay");
    } else if (begin.isAfter(now)) {
      add("holds only from " + begin, "wait until then, or set this machine's clock if it is late");
    }
  }

  private void checkAuthority() {
    if (certificate.getBasicConstraints() < 0) {
      add(
          "is not the certificate of an authority",
          "provide the one whose basic constraints say CA:TRUE");
    } else if (!mayBeUsedFor(SIGN_CERTIFICATES)) {
      add("may not sign certificates", "its key usage needs keyCertSign (Certificate Sign)");
    }
  }

  private void checkSignature(X509Certificate signer) {
    String problem = "is not signed by the " + request.signer() + ".pem that is provided";
    try {
      certificate.verify(signer.getPublicKey());
      // Go compares the names as they are encoded.
      if (!Arrays.equals(
          certificate.getIssuerX500Principal().getEncoded(),
          signer.getSubjectX500Principal().getEncoded())) {
        add(
            problem + ": its issuer is written '" + certificate.getIssuerX500Principal() + "'",
            "provide the authority '" + certificate.getIssuerX500Principal() + "'");
      }
    } catch (GeneralSecurityException e) {
      add(
          problem + "; its issuer is '" + certificate.getIssuerX500Principal() + "'",
          "have it signed by '" + signer.getSubjectX500Principal() + "', or provide its authority");
    }
  }

  private void checkSubject() {
    if (!Certificates.namesAUser(request.name())) {
      return;
    }
    if (!subject("CN").contains(request.commonName())) {
      add(
          "has the common name " + subject("CN") + ", and Kubernetes takes it for a user's name",
          "have it signed with CN=" + request.commonName());
    }
    if (!request.organization().isEmpty() && !subject("O").contains(request.organization())) {
      add(
          "is of the organizations " + subject("O") + ", and Kubernetes takes them for groups",
          "have it signed with O=" + request.organization());
    }
  }

  private List<String> subject(String kind) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase(kind))
              .map(Rdn::getValue)
              .map(Object::toString)
              .toList();
    } catch (InvalidNameException e) {
      return List.of();
    }
  }

  private void checkNames() {
    try {
      SubjectNames present = Inspection.names(certificate);
      List<String> lacking = Certificates.indispensable(cluster, request).notCoveredBy(present);
      if (!lacking.isEmpty()) {
        add(
            "lacks the names " + String.join(", ", lacking),
            "have it signed with these subject alternative names, as its signing request says");
      }
    } catch (CertificateParsingException e) {
      add("has subject alternative names that cannot be read", "have it signed again");
    }
  }

  private void checkPurposes() {
    if (!mayBeUsedFor(DIGITAL_SIGNATURE)) {
      add("may not be used to sign", "its key usage needs digitalSignature");
    }
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      if (purposes == null || purposes.contains(ANY_PURPOSE)) {
        return;
      }
      if (servesClients() && !purposes.contains(SERVER_PURPOSE)) {
        add("may not be used by a server", "its extended key usage needs serverAuth");
      }
      if (callsServers() && !purposes.contains(CLIENT_PURPOSE)) {
        add("may not be used by a client", "its extended key usage needs clientAuth");
      }
    } catch (CertificateParsingException e) {
      add("has an extended key usage that cannot be read", "have it signed again");
    }
  }

  private boolean servesClients() {
    return request.usage() == Usage.SERVER && !request.name().equals(Certificates.PROXY_CLIENT);
  }

  /** A kubelet shows its serving certificate to nobody it calls. */
  private boolean callsServers() {
    return !request.name().startsWith(Certificates.KUBELET_PREFIX);
  }

  /** Without the extension a key may be used for everything. */
  private boolean mayBeUsedFor(int bit) {
    boolean[] usage = certificate.getKeyUsage();
    return usage == null || usage[bit];
  }
}
