package io.rke4j.core.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS as the cluster's administrator: shows that certificate, and trusts the cluster's authority
 * only.
 */
public final class AdministratorTls {

  private AdministratorTls() {}

  /**
   * A context for connections to etcd and the API servers.
   *
   * @throws UnusableCertificatesException if the bundle lacks what is needed, or it is damaged
   */
  public static SSLContext of(CertificateBundle bundle) {
    CertificateBundle.Entry admin = bundle.entry(Certificates.ADMIN);
    try {
      PrivateKey key = Pem.readKey(admin.key()).getPrivate();
      KeyStore own = emptyStore();
      own.setKeyEntry(
          "admin",
          key,
          new char[0],
          new Certificate[] {Pem.readCertificate(admin.certificatePem())});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, new char[0]);
      KeyStore trusted = emptyStore();
      trusted.setCertificateEntry(
          "authority", Pem.readCertificate(bundle.entry(Certificates.CA).certificatePem()));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableCertificatesException(
          "the administrator's certificate cannot be used: " + e.getMessage(),
          "Restore the state from a backup",
          e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    // It never leaves memory. The newer kind encrypts keys with ten thousand rounds of hashing, and
    // key managers decrypt them at every handshake: more work than the handshake itself.
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    return store;
  }
}
