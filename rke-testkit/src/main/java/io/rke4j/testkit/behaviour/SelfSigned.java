package io.rke4j.testkit.behaviour;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;

/**
 * A certificate that a program makes for itself when it starts, as the controller manager and the
 * scheduler do.
 *
 * @param key its key
 * @param certificate the certificate, signed by its own key
 */
record SelfSigned(PrivateKey key, Certificate certificate) {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] VERSION_3 = HEX.parseHex("a003020102");
  private static final byte[] ECDSA_WITH_SHA256 = HEX.parseHex("300a06082a8648ce3d040302");
  private static final byte[] COMMON_NAME = HEX.parseHex("0603550403");
  private static final int SET = 0x31;
  private static final int UTF8 = 0x0c;
  private static final int UTC_TIME = 0x17;

  static SelfSigned make(String name) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] issuer = Der.sequence(Der.tagged(SET, Der.sequence(COMMON_NAME, Der.text(UTF8, name))));
    byte[] toSign =
        Der.sequence(
            VERSION_3,
            Der.integer(BigInteger.ONE),
            ECDSA_WITH_SHA256,
            issuer,
            Der.sequence(Der.text(UTC_TIME, "200101000000Z"), Der.text(UTC_TIME, "491231235959Z")),
            issuer,
            pair.getPublic().getEncoded());
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(toSign);
    byte[] whole = Der.sequence(toSign, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    return new SelfSigned(
        pair.getPrivate(),
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole)));
  }
}
