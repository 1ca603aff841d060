package io.rke4j.core.pki;

import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle.Entry;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate that ends soon, or has ended.
 *
 * @param name the certificate
 * @param end when it ends
 * @param signer who has to sign it again
 * @param isProvided whether the user provides it
 * @param isRenewed whether the next run renews it by itself
 */
public record Expiry(
    String name, Instant end, String signer, boolean isProvided, boolean isRenewed) {

  /**
   * Those that end so soon that they would be renewed.
   *
   * @param inUse what the cluster has; what is provided takes its place
   */
  public static List<Expiry> of(Resolved cluster, CertificateBundle inUse, Instant now) {
    CertificateBundle provided = ProvidedCertificates.of(cluster);
    Map<String, Entry> entries = new HashMap<>(inUse.entries());
    entries.putAll(provided.entries());
    CertificateBundle all = new CertificateBundle(entries);
    List<Expiry> found = new ArrayList<>();
    for (CertificateRequest request : Certificates.of(cluster)) {
      boolean isProvided = provided.find(request.name()).isPresent();
      boolean canBeSigned = all.find(request.signer()).filter(Entry::hasKey).isPresent();
      all.find(request.name())
          // Nobody reads the certificate around the key of the tokens.
          .filter(entry -> !request.name().equals(Certificates.SERVICE_ACCOUNT))
          .flatMap(Expiry::end)
          .filter(end -> Inspection.isSoon(end, now))
          .map(
              end ->
                  new Expiry(
                      request.name(),
                      end,
                      request.signer(),
                      isProvided,
                      !isProvided && canBeSigned))
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Instant> end(Entry entry) {
    try {
      return Optional.of(Pem.readCertificate(entry.certificatePem()).getNotAfter().toInstant());
    } catch (GeneralSecurityException e) {
      // A plan says what is wrong with it.
      return Optional.empty();
    }
  }
}
