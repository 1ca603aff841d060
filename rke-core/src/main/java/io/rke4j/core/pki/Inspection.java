package io.rke4j.core.pki;

import io.rke4j.api.cluster.CertificateRenewal;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.IssuePlan.Action;
import io.rke4j.core.pki.IssuePlan.Change;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Compares the certificates that are there with those that are needed. */
final class Inspection {

  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final CertificateBundle existing;
  private final CertificateBundle provided;
  private final CertificateRenewal renewal;
  private final Instant now;
  private final Map<String, PublicKey> authorities = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();

  private Inspection(
      CertificateBundle existing,
      CertificateBundle provided,
      CertificateRenewal renewal,
      Instant now) {
    this.existing = existing;
    this.provided = provided;
    this.renewal = renewal;
    this.now = now;
  }

  /** What is provided takes the place of what exists, and is never renewed. */
  static IssuePlan of(
      List<CertificateRequest> table,
      CertificateBundle existing,
      CertificateBundle provided,
      CertificateRenewal renewal,
      Instant now) {
    Inspection inspection = new Inspection(existing, provided, renewal, now);
    table.forEach(inspection::inspect);
    inspection.dropSurplus(table);
    inspection.requireSigners(table);
    return new IssuePlan(inspection.changes);
  }

  private void inspect(CertificateRequest request) {
    Optional<Entry> given = provided.find(request.name());
    Optional<Entry> found = existing.find(request.name());
    if (given.isPresent()) {
      take(request, given.get(), found);
    } else if (found.isEmpty()) {
      requireFirstIssue(request);
      changes.add(new Change(request.name(), Action.ISSUE, "it is missing"));
    } else if (request.isAuthority()) {
      inspectAuthority(request, found.get());
    } else if (request.name().equals(Certificates.SERVICE_ACCOUNT) && found.get().hasKey()) {
      // It stays for ever: another key voids every token of every pod, and nobody reads the
      // certificate around it.
      return;
    } else {
      inspectLeaf(request, found.get());
    }
  }

  private void take(CertificateRequest request, Entry given, Optional<Entry> found) {
    if (request.isAuthority()) {
      authorities.put(request.name(), publicKey(request, given));
    }
    if (found.isEmpty()) {
      changes.add(new Change(request.name(), Action.PROVIDE, "it is missing"));
    } else if (!found.get().equals(given)) {
      changes.add(new Change(request.name(), Action.PROVIDE, "the one in use is another"));
    }
  }

  private PublicKey publicKey(CertificateRequest request, Entry authority) {
    try {
      return Pem.readCertificate(authority.certificatePem()).getPublicKey();
    } catch (GeneralSecurityException e) {
      throw unusable(request, e);
    }
  }

  private static UnusableCertificatesException unusable(
      CertificateRequest request, GeneralSecurityException e) {
    return new UnusableCertificatesException(
        "the authority " + request.name() + " cannot be read: " + e.getMessage(),
        "Restore the state document from a backup; a new authority would lock everybody out",
        e);
  }

  private void requireFirstIssue(CertificateRequest request) {
    if (request.name().equals(Certificates.CA) && !existing.isEmpty()) {
      throw new UnusableCertificatesException(
          "the cluster has certificates " + existing.names() + " but not their authority kube-ca",
          "Restore the state document from a backup; a new authority would lock everybody out",
          null);
    }
  }

  private void inspectAuthority(CertificateRequest request, Entry entry) {
    X509Certificate certificate;
    try {
      certificate = Pem.readCertificate(entry.certificatePem());
      if (entry.hasKey()) {
        requireMatch(request, certificate, Pem.readKey(entry.key()).getPublic());
      }
    } catch (GeneralSecurityException e) {
      throw unusable(request, e);
    }
    authorities.put(request.name(), certificate.getPublicKey());
    expiry(certificate)
        .ifPresent(reason -> changes.add(new Change(request.name(), Action.RENEW, reason)));
  }

  private void requireMatch(CertificateRequest request, X509Certificate certificate, PublicKey key)
      throws GeneralSecurityException {
    if (!sameKey(certificate.getPublicKey(), key)) {
      throw new GeneralSecurityException(
          "its certificate belongs to another key than " + request.name() + "'s");
    }
  }

  private void inspectLeaf(CertificateRequest request, Entry entry) {
    PublicKey key;
    try {
      key = Pem.readKey(entry.key()).getPublic();
    } catch (GeneralSecurityException e) {
      changes.add(
          new Change(request.name(), Action.ISSUE, "its key cannot be read: " + e.getMessage()));
      return;
    }
    if (isTooOld(request, entry)) {
      changes.add(
          new Change(
              request.name(),
              Action.ISSUE,
              "those from before " + renewal.issuedBefore() + " are to be renewed"));
      return;
    }
    reasonToRenew(request, entry, key)
        .ifPresent(reason -> changes.add(new Change(request.name(), Action.RENEW, reason)));
  }

  private boolean isTooOld(CertificateRequest request, Entry entry) {
    try {
      return Certificates.renews(renewal, request.name())
          && CertificateAuthority.issued(Pem.readCertificate(entry.certificatePem()))
              .isBefore(renewal.issuedBefore());
    } catch (GeneralSecurityException e) {
      // It is renewed for this reason already.
      return false;
    }
  }

  private Optional<String> reasonToRenew(CertificateRequest request, Entry entry, PublicKey key) {
    try {
      X509Certificate certificate = Pem.readCertificate(entry.certificatePem());
      if (!sameKey(certificate.getPublicKey(), key)) {
        return Optional.of("it belongs to another key");
      }
      if (!isSignedBy(request.signer(), certificate)) {
        return Optional.of("it is not signed by today's " + request.signer());
      }
      X500Principal subject = request.subject();
      if (!certificate.getSubjectX500Principal().equals(subject)) {
        return Optional.of(
            "its subject is " + certificate.getSubjectX500Principal() + ", not " + subject);
      }
      String difference = request.names().differenceFrom(names(certificate));
      if (!request.names().isEmpty() && !difference.isEmpty()) {
        return Optional.of("its names change: " + difference);
      }
      return expiry(certificate);
    } catch (GeneralSecurityException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }

  private boolean isSignedBy(String signer, X509Certificate certificate) {
    PublicKey authority = authorities.get(signer);
    if (authority == null) {
      return false;
    }
    try {
      certificate.verify(authority);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private Optional<String> expiry(X509Certificate certificate) {
    Instant end = certificate.getNotAfter().toInstant();
    return isSoon(end, now)
        ? Optional.of((end.isAfter(now) ? "it expires at " : "it expired at ") + end)
        : Optional.empty();
  }

  static boolean isSoon(Instant end, Instant now) {
    return !end.isAfter(now.plus(RENEW_BEFORE));
  }

  private void dropSurplus(List<CertificateRequest> table) {
    List<String> needed = table.stream().map(CertificateRequest::name).toList();
    existing.names().stream()
        .filter(name -> Certificates.isOfOneNode(name) && !needed.contains(name))
        .map(name -> new Change(name, Action.DROP, "no node needs it any more"))
        .forEach(changes::add);
  }

  private void requireSigners(List<CertificateRequest> table) {
    for (CertificateRequest request : table) {
      boolean isIssued =
          changes.stream()
              .filter(change -> change.action() == Action.ISSUE || change.action() == Action.RENEW)
              .anyMatch(change -> change.name().equals(request.name()));
      // Nobody reads the certificate around the key of the tokens, so it can sign its own.
      boolean needsNobody = request.name().equals(Certificates.SERVICE_ACCOUNT);
      Optional<Entry> signer =
          provided.find(request.signer()).or(() -> existing.find(request.signer()));
      if (isIssued && !needsNobody && signer.isPresent() && !signer.get().hasKey()) {
        throw new UnusableCertificatesException(
            request.name() + " has to be issued, but the key of " + request.signer() + " is absent",
            "Provide the authority's key, or have "
                + request.name()
                + " signed where the key is and provide it: CertificateSpec.from, or --cert-dir",
            null);
      }
    }
  }

  static boolean sameKey(PublicKey one, PublicKey other) {
    return Arrays.equals(one.getEncoded(), other.getEncoded());
  }

  static SubjectNames names(X509Certificate certificate) throws CertificateParsingException {
    List<String> dns = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      if (name.get(0).equals(DNS_NAME)) {
        dns.add((String) name.get(1));
      } else if (name.get(0).equals(IP_ADDRESS)) {
        addresses.add((String) name.get(1));
      }
    }
    return new SubjectNames(dns, addresses);
  }
}
