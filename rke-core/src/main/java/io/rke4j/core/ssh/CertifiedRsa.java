package io.rke4j.core.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import net.schmizz.sshj.common.Buffer.PlainBuffer;

/** An RSA key with a certificate: sshj would sign with SHA-1, which servers no longer take. */
final class CertifiedRsa implements Identity {

  private final PrivateKey key;
  private final byte[] blob;

  CertifiedRsa(PrivateKey key, byte[] blob) {
    this.key = key;
    this.blob = blob.clone();
  }

  @Override
  public byte[] blob() {
    return blob.clone();
  }

  @Override
  public String algorithm() {
    return Identity.withoutSha1("ssh-rsa-cert-v01@openssh.com");
  }

  @Override
  public byte[] sign(byte[] data) throws IOException {
    try {
      Signature signature = Signature.getInstance("SHA512withRSA");
      signature.initSign(key);
      signature.update(data);
      return new PlainBuffer()
          .putBytes("rsa-sha2-512".getBytes(StandardCharsets.US_ASCII))
          .putBytes(signature.sign())
          .getCompactData();
    } catch (GeneralSecurityException e) {
      throw new IOException("the key does not sign", e);
    }
  }
}
