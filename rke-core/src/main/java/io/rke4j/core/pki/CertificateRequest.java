package io.rke4j.core.pki;

import javax.security.auth.x500.X500Principal;

/**
 * A certificate as the cluster needs it.
 *
 * @param name what it is called in the bundle and in file names
 * @param commonName the subject's common name: the user name in Kubernetes
 * @param organization the subject's organization: the group in Kubernetes; may be empty
 * @param usage what it may be used for
 * @param names the names a server is reached under
 * @param signer the name of the authority that signs it; its own name for an authority
 */
public record CertificateRequest(
    String name,
    String commonName,
    String organization,
    Usage usage,
    SubjectNames names,
    String signer) {

  /** What a certificate may be used for. */
  public enum Usage {
    /** To sign other certificates. */
    AUTHORITY,
    /** To prove who a client is. */
    CLIENT,
    /** To prove who a server is, and who it is when it calls others. */
    SERVER
  }

  static CertificateRequest authority(String name) {
    return new CertificateRequest(name, name, "", Usage.AUTHORITY, SubjectNames.NONE, name);
  }

  static CertificateRequest client(String name, String commonName, String organization) {
    return new CertificateRequest(
        name, commonName, organization, Usage.CLIENT, SubjectNames.NONE, Certificates.CA);
  }

  static CertificateRequest server(String name, String commonName, SubjectNames names) {
    return new CertificateRequest(name, commonName, "", Usage.SERVER, names, Certificates.CA);
  }

  /** The subject of the certificate. */
  X500Principal subject() {
    return new X500Principal(
        "CN=" + commonName + (organization.isEmpty() ? "" : ",O=" + organization));
  }

  boolean isAuthority() {
    return usage == Usage.AUTHORITY;
  }
}
