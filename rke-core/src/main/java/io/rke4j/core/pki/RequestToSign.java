package io.rke4j.core.pki;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A request to an authority, in PKCS#10, with all that the certificate has to say. */
final class RequestToSign {

  private RequestToSign() {}

  /** The request, as PEM. */
  static String write(CertificateRequest request, KeyPair keys)
      throws GeneralSecurityException, IOException {
    String algorithm = CertificateAuthority.signatureBy(keys.getPrivate());
    try {
      PKCS10CertificationRequest made =
          new JcaPKCS10CertificationRequestBuilder(request.subject(), keys.getPublic())
              .addAttribute(
                  PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                  CertificateAuthority.extensions(request))
              .build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()));
      return Pem.request(made.getEncoded());
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(algorithm + " is not to be had here", e);
    }
  }

  /** Whether a request that is there asks for this certificate, for this key. */
  static boolean asksFor(String pem, CertificateRequest request, PublicKey key) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      Extensions wanted = CertificateAuthority.extensions(request);
      return parser.readObject() instanceof PKCS10CertificationRequest there
          && there.getSubject().equals(X500Name.getInstance(request.subject().getEncoded()))
          && Arrays.equals(there.getSubjectPublicKeyInfo().getEncoded(), key.getEncoded())
          && wanted.equals(there.getRequestedExtensions());
    } catch (RuntimeException e) {
      return false;
    }
  }
}
