package io.rke4j.core.pki;

import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.IssuePlan.Action;
import io.rke4j.core.pki.IssuePlan.Change;
import io.rke4j.spi.CancellationToken;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Issues what a cluster needs and does not have. Keys that are there are kept; a certificate that
 * is good is left alone. Thread-safe.
 */
public final class CertificateIssuer {

  private final Clock clock;
  private final Executor executor;
  private final KeySource keySource;

  /**
   * An issuer.
   *
   * @param clock says what has expired, and when a certificate begins
   * @param executor generates keys side by side; the calling thread helps
   */
  public CertificateIssuer(Clock clock, Executor executor) {
    this(clock, executor, new KeyReserve());
  }

  /**
   * An issuer that takes its keys from somewhere.
   *
   * @param clock says what has expired, and when a certificate begins
   * @param executor generates keys side by side; the calling thread helps
   * @param keySource gives the keys
   */
  public CertificateIssuer(Clock clock, Executor executor, KeySource keySource) {
    this.clock = clock;
    this.executor = executor;
    this.keySource = keySource;
  }

  /**
   * Says what {@link #issue} would do. Generates nothing.
   *
   * @throws UnusableCertificatesException if it could not be done
   */
  public IssuePlan plan(Resolved cluster, CertificateBundle existing) {
    return Inspection.of(
        Certificates.of(cluster),
        existing,
        ProvidedCertificates.of(cluster),
        cluster.spec().access().renewal(),
        clock.instant());
  }

  /**
   * Lets the keys of a cluster that has none be begun, as {@link #issue} will probably follow.
   * Returns at once.
   *
   * @throws UnusableCertificatesException if certificates cannot be issued
   */
  public void expect(Resolved cluster) {
    int keys = names(plan(cluster, CertificateBundle.EMPTY), Action.ISSUE).size();
    keySource.foresee(keys, executor);
  }

  /**
   * The bundle that {@link #issue} would give, if that takes no key and no signature: nothing
   * changes but what the user provides.
   *
   * @throws UnusableCertificatesException if it could not be done
   */
  public Optional<CertificateBundle> foresee(Resolved cluster, CertificateBundle existing) {
    IssuePlan plan = plan(cluster, existing);
    boolean isForeseeable =
        plan.changes().stream()
            .allMatch(c -> c.action() == Action.PROVIDE || c.action() == Action.DROP);
    return isForeseeable
        ? Optional.of(new Signing(cluster, existing, plan, Map.of()).bundle())
        : Optional.empty();
  }

  /**
   * The bundle with everything that the cluster needs. Calling it again with the result gives the
   * same bundle.
   *
   * @throws UnusableCertificatesException if something is to be signed and its authority's key is
   *     not there, or an authority is damaged
   * @throws io.rke4j.spi.OperationCancelledException if cancelled meanwhile
   */
  public CertificateBundle issue(
      Resolved cluster, CertificateBundle existing, CancellationToken cancellation) {
    IssuePlan plan = plan(cluster, existing);
    if (plan.isEmpty()) {
      return existing;
    }
    try {
      Map<String, KeyPair> keys = keySource.keys(names(plan, Action.ISSUE), executor, cancellation);
      return new Signing(cluster, existing, plan, keys).sign(Certificates.of(cluster));
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableCertificatesException(
          "certificates could not be issued: " + e.getMessage(),
          "Check the Java runtime's security providers",
          e);
    }
  }

  private static List<String> names(IssuePlan plan, Action action) {
    return plan.changes().stream()
        .filter(change -> change.action() == action)
        .map(Change::name)
        .toList();
  }

  /** One pass over the table, authorities first. */
  private final class Signing {

    private final Map<String, Entry> entries;
    private final Map<String, KeyPair> keys;
    private final List<String> renewed;
    private final Map<String, CertificateAuthority> authorities = new HashMap<>();

    Signing(
        Resolved cluster, CertificateBundle existing, IssuePlan plan, Map<String, KeyPair> keys) {
      this.entries = new HashMap<>(existing.entries());
      this.entries.putAll(ProvidedCertificates.of(cluster).entries());
      this.keys = keys;
      this.renewed = names(plan, Action.RENEW);
      names(plan, Action.DROP).forEach(entries::remove);
    }

    CertificateBundle sign(List<CertificateRequest> table)
        throws GeneralSecurityException, IOException {
      for (CertificateRequest request : table) {
        if (keys.containsKey(request.name()) || renewed.contains(request.name())) {
          entries.put(request.name(), signed(request));
        }
      }
      return bundle();
    }

    CertificateBundle bundle() {
      return new CertificateBundle(entries);
    }

    private Entry signed(CertificateRequest request) throws GeneralSecurityException, IOException {
      KeyPair generated = keys.get(request.name());
      KeyPair own = generated != null ? generated : Pem.readKey(entry(request.name()).key());
      X509Certificate certificate;
      if (request.isAuthority()) {
        CertificateAuthority authority =
            generated != null
                ? CertificateAuthority.named(request, own, clock)
                : authority(request.name());
        authorities.put(request.name(), authority);
        certificate = authority.selfSigned();
      } else {
        certificate = signer(request, own).sign(request, own.getPublic());
      }
      return new Entry(
          Pem.certificate(certificate),
          generated != null ? Pem.rsaKey(own.getPrivate()) : entry(request.name()).key());
    }

    private CertificateAuthority signer(CertificateRequest request, KeyPair own)
        throws GeneralSecurityException {
      return request.name().equals(Certificates.SERVICE_ACCOUNT)
              && !entry(request.signer()).hasKey()
          ? CertificateAuthority.named(request, own, clock)
          : authority(request.signer());
    }

    private CertificateAuthority authority(String name) throws GeneralSecurityException {
      CertificateAuthority known = authorities.get(name);
      if (known == null) {
        X509Certificate certificate = Pem.readCertificate(entry(name).certificatePem());
        known = CertificateAuthority.of(certificate, Pem.readKey(entry(name).key()), clock);
        authorities.put(name, known);
      }
      return known;
    }

    private Entry entry(String name) {
      return bundle().entry(name);
    }
  }
}
