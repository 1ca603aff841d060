package io.rke4j.core.builtin.ecr;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests that have no query, as Amazon's services want it.
 *
 * @param keys whose signature it is
 * @param region of the service
 * @param service its name
 * @param time of the request
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Signature Version 4</a>
 */
record AwsSignature(AwsKeys keys, String region, String service, Instant time) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String LAST = "aws4_request";

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The headers of the request, with those that the signature adds. */
  Map<String, String> sign(String method, URI address, Map<String, String> headers, String body) {
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("X-Amz-Date", SECOND.format(time));
    keys.sessionToken().ifPresent(token -> signed.put("X-Amz-Security-Token", token.reveal()));
    Map<String, String> canonical = new TreeMap<>();
    signed.forEach((name, value) -> canonical.put(name.toLowerCase(Locale.ROOT), value.strip()));
    canonical.put("host", host(address));
    String names = String.join(";", canonical.keySet());
    String request =
        String.join(
            "\n",
            method,
            address.getRawPath().isEmpty() ? "/" : address.getRawPath(),
            "",
            lines(canonical),
            names,
            sha256(body));
    String scope = String.join("/", DAY.format(time), region, service, LAST);
    String toSign = String.join("\n", ALGORITHM, SECOND.format(time), scope, sha256(request));
    signed.put(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                ALGORITHM,
                keys.accessKeyId(),
                scope,
                names,
                HexFormat.of().formatHex(mac(signingKey(), toSign))));
    return signed;
  }

  /** As HTTP's Host header has it: with a port that is not the usual one. */
  private static String host(URI address) {
    return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
  }

  private static String lines(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private byte[] signingKey() {
    byte[] key = ("AWS4" + keys.secretKey().reveal()).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {DAY.format(time), region, service, LAST}) {
      key = mac(key, part);
    }
    return key;
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
