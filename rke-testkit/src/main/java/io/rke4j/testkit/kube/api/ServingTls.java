package io.rke4j.testkit.kube.api;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Lets a server speak TLS and ask its clients for certificates, without insisting on them. */
final class ServingTls extends HttpsConfigurator {

  private ServingTls(SSLContext context) {
    super(context);
  }

  static ServingTls of(ServingCertificate files, ClientTrust clients) {
    try {
      // It never leaves memory; the newer kind encrypts keys with ten thousand rounds of hashing.
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry(
          "server",
          PemFiles.key(files.key()),
          new char[0],
          PemFiles.certificates(files.certificate()).toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {clients}, null);
      return new ServingTls(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "the certificate or the key of the API server cannot be read; give PEM", e);
    }
  }

  @Override
  public void configure(HttpsParameters parameters) {
    SSLParameters ours = getSSLContext().getDefaultSSLParameters();
    ours.setWantClientAuth(true);
    parameters.setSSLParameters(ours);
  }
}
