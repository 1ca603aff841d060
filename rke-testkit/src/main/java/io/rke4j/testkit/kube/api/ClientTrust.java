package io.rke4j.testkit.kube.api;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which client certificates are good. As in Kubernetes, a bad one does not end the connection: the
 * client must be told 401, in words, so that {@link #accepts} decides for every request.
 */
final class ClientTrust extends X509ExtendedTrustManager {

  private final List<X509Certificate> authorities;

  ClientTrust(List<X509Certificate> authorities) {
    this.authorities = List.copyOf(authorities);
  }

  /** Whether an authority for clients has signed it, and it is valid now. */
  boolean accepts(X509Certificate certificate) {
    try {
      PKIXParameters parameters =
          new PKIXParameters(
              authorities.stream()
                  .map(authority -> new TrustAnchor(authority, null))
                  .collect(Collectors.toSet()));
      parameters.setRevocationEnabled(false);
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      CertPathValidator.getInstance("PKIX")
          .validate(factory.generateCertPath(List.of(certificate)), parameters);
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null || usages.contains("1.3.6.1.5.5.7.3.2");
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    // See accepts().
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    // See accepts().
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    // See accepts().
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this is a server: " + Arrays.toString(chain));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.toArray(X509Certificate[]::new);
  }
}
