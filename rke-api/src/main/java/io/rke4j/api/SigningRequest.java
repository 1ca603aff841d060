package io.rke4j.api;

import java.nio.file.Path;

/**
 * What an external authority is asked to sign.
 *
 * @param certificate the certificate's name; signed, it becomes {@code NAME.pem} in the same folder
 * @param request the signing request (PKCS#10), as PEM
 * @param key the private key, as PEM; it stays where it is
 * @param keyIsNew whether the key was made just now
 */
public record SigningRequest(String certificate, Path request, Path key, boolean keyIsNew) {}
