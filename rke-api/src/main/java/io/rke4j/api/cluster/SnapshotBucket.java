package io.rke4j.api.cluster;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/**
 * A bucket of a store that speaks Amazon's S3 protocol. Each etcd host puts its snapshots there,
 * too, and deletes them there by the same age. The bucket must exist; it is reached by HTTPS only.
 *
 * @param endpoint host name of the store, with a port if it is not 443: {@code s3.amazonaws.com}
 * @param name of the bucket
 * @param region where it is, for example {@code eu-west-1}; empty if the store has none
 * @param folder where the snapshots lie in it; empty for its top
 * @param authority the certificate by which the store is known, as PEM; empty if it is a public one
 * @param keys the login; without one, the hosts' own roles in Amazon's cloud are taken (IAM)
 */
public record SnapshotBucket(
    String endpoint,
    String name,
    String region,
    String folder,
    String authority,
    Optional<Keys> keys) {

  /**
   * A login to the store.
   *
   * @param accessKey names the account; RKE's tool writes it to its log
   * @param secretKey its key; etcd hosts have it in a file for root only
   */
  public record Keys(Secret accessKey, Secret secretKey) {

    /** Checks that both are there. */
    public Keys {
      if (accessKey.reveal().isBlank() || secretKey.reveal().isBlank()) {
        throw new IllegalArgumentException("needs access_key and secret_key, or neither");
      }
    }
  }

  /** Checks what can be seen without asking the store. */
  public SnapshotBucket {
    if (!endpoint.matches("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+])(:[0-9]{1,5})?")) {
      throw new IllegalArgumentException(
          "has endpoint '"
              + endpoint
              + "', which must be a host name without https:// and path, such as s3.amazonaws.com");
    }
    if (!name.matches("[^\\s/]+")) {
      throw new IllegalArgumentException("has '" + name + "' for the name of its bucket");
    }
    if (!authority.isEmpty()) {
      checkCertificate(authority);
    }
  }

  private static void checkCertificate(String pem) {
    try {
      CertificateFactory.getInstance("X.509")
          .generateCertificate(
              new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.UTF_8)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("has a custom_ca that is not a certificate in PEM", e);
    }
  }

  /**
   * A bucket at the top of which snapshots are put with the hosts' own roles.
   *
   * @throws IllegalArgumentException if the endpoint is no host name
   */
  public static SnapshotBucket of(String endpoint, String name) {
    return new SnapshotBucket(endpoint, name, "", "", "", Optional.empty());
  }

  /** The bucket of a region. */
  public SnapshotBucket inRegion(String region) {
    return new SnapshotBucket(endpoint, name, region, folder, authority, keys);
  }

  /** A folder of the bucket. */
  public SnapshotBucket inFolder(String folder) {
    return new SnapshotBucket(endpoint, name, region, folder, authority, keys);
  }

  /**
   * The bucket of a store that is known by this certificate, as PEM.
   *
   * @throws IllegalArgumentException if it is none
   */
  public SnapshotBucket knownBy(String authority) {
    return new SnapshotBucket(endpoint, name, region, folder, authority, keys);
  }

  /**
   * The bucket, with a login.
   *
   * @throws IllegalArgumentException if one of them is empty
   */
  public SnapshotBucket loggedIn(Secret accessKey, Secret secretKey) {
    Keys login = new Keys(accessKey, secretKey);
    return new SnapshotBucket(endpoint, name, region, folder, authority, Optional.of(login));
  }
}
