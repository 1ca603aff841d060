package io.rke4j.core.ssh;

import java.io.IOException;

/** A public key or certificate, and somebody who signs with the private key that belongs to it. */
interface Identity {

  /** The name of the signature's algorithm, by which the server knows the key's type as well. */
  String algorithm();

  /** The public half as it goes over the wire. */
  byte[] blob();

  /** A signature in SSH's form. */
  byte[] sign(byte[] data) throws IOException;

  /** The algorithm for a type of key; servers no longer take RSA with SHA-1. */
  static String withoutSha1(String type) {
    return type.startsWith("ssh-rsa") ? type.replace("ssh-rsa", "rsa-sha2-512") : type;
  }
}
