package io.rke4j.core.builtin.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests of Amazon's own test suite for Signature Version 4, with the signatures it gives. */
class AwsSignatureTest {

  private static final AwsKeys KEYS =
      AwsKeys.of("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "");

  private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");
  private static final URI ADDRESS = URI.create("https://example.amazonaws.com/");

  private static Map<String, String> signed(
      AwsKeys keys, Map<String, String> headers, String body) {
    return new AwsSignature(keys, "us-east-1", "service", TIME)
        .sign("POST", ADDRESS, headers, body);
  }

  @Test
  void signsAnEmptyRequest() {
    assertThat(signed(KEYS, Map.of(), ""))
        .containsEntry("X-Amz-Date", "20150830T123600Z")
        .containsEntry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature="
                + "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  }

  @Test
  void signsABodyAndItsType() {
    assertThat(
            signed(
                KEYS, Map.of("Content-Type", "application/x-www-form-urlencoded"), "Param1=value1"))
        .containsEntry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date, Signature="
                + "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  @Test
  void temporaryKeysSendTheirToken() {
    AwsKeys temporary = AwsKeys.of("AKIDEXAMPLE", "secret", "token");

    assertThat(signed(temporary, Map.of(), ""))
        .containsEntry("X-Amz-Security-Token", "token")
        .hasEntrySatisfying(
            "Authorization",
            value -> assertThat(value).contains("host;x-amz-date;x-amz-security-token"));
  }
}
