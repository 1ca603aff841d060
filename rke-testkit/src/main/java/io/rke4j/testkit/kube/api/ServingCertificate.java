package io.rke4j.testkit.kube.api;

/**
 * The files of an API server, as texts in PEM.
 *
 * @param certificate the server's certificate, and those that lead to its authority
 * @param key the server's private key: PKCS#8, or PKCS#1 as RKE writes it
 * @param clientAuthority who signs clients
 */
public record ServingCertificate(String certificate, String key, String clientAuthority) {

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "ServingCertificate[***]";
  }
}
