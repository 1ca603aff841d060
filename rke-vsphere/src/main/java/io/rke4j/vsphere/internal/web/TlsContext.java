package io.rke4j.vsphere.internal.web;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.settings.ServerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes of {@link ServerTrust} what the JDK's HTTP client wants. */
final class TlsContext {

  private TlsContext() {}

  static SSLContext of(ServerTrust trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trust), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw VsphereException.unanswered(
          "TLS to vCenter",
          "cannot be prepared: " + e.getMessage(),
          "Check the file with the authority's certificate",
          false,
          e);
    }
  }

  private static TrustManager[] managers(ServerTrust trust)
      throws GeneralSecurityException, IOException {
    if (trust instanceof ServerTrust.Pinned pinned) {
      return new TrustManager[] {new PinnedTrust(pinned.sha256())};
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust instanceof ServerTrust.Authority own ? authorities(own.file()) : null);
    return factory.getTrustManagers();
  }

  private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    try (InputStream pem = Files.newInputStream(file)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("authority-" + number++, one);
      }
    }
    if (number == 0) {
      throw new IOException("there is no certificate in " + file);
    }
    return store;
  }
}
