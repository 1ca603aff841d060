package io.rke4j.core.pki;

import io.rke4j.api.cluster.Secret;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All certificates of a cluster and their keys, by name. Immutable; prints without keys.
 *
 * @param entries the certificates by name
 */
public record CertificateBundle(Map<String, Entry> entries) {

  /** Nothing issued yet. */
  public static final CertificateBundle EMPTY = new CertificateBundle(Map.of());

  /**
   * A certificate and its key.
   *
   * @param certificatePem the certificate
   * @param key the private key as PEM; an empty text if it is kept elsewhere
   */
  public record Entry(String certificatePem, Secret key) {

    private static final Secret NO_KEY = Secret.of("");

    /** Whether the key is here. */
    public boolean hasKey() {
      return !key.equals(NO_KEY);
    }

    @Override
    public String toString() {
      return hasKey() ? "certificate and key" : "certificate without key";
    }
  }

  /** Copies the entries. */
  public CertificateBundle {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** Whether nothing was issued yet. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The names of the certificates. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** A certificate that may be there. */
  public Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /**
   * A certificate that must be there.
   *
   * @throws UnusableCertificatesException if it is not
   */
  public Entry entry(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UnusableCertificatesException(
                    "the bundle holds no certificate '" + name + "'",
                    "Run apply again: it issues what is missing",
                    null));
  }

  @Override
  public String toString() {
    return "CertificateBundle" + names();
  }
}
