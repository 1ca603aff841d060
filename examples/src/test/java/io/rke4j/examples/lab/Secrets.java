package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must stand nowhere: any private key, and the administrator's in particular. */
record Secrets(List<String> marks) {

  private static final Pattern ADMIN_KEY =
      Pattern.compile("client-key-data: *\"?([A-Za-z0-9+/=]+)");
  private static final int LINE = 48;

  static Secrets of(Cluster cluster) {
    List<String> marks = new ArrayList<>(List.of("PRIVATE KEY-----"));
    for (String kind : List.of("RSA ", "EC ", "")) {
      String begin = "-----BEGIN " + kind + "PRIVATE KEY";
      marks.add(Base64.getEncoder().encodeToString(begin.getBytes(UTF_8)).substring(0, 32));
    }
    Matcher key = ADMIN_KEY.matcher(cluster.kubeconfig().reveal());
    assertThat(key.find()).as("the kubeconfig has a key").isTrue();
    marks.add(key.group(1).substring(LINE, 2 * LINE));
    String text = new String(Base64.getDecoder().decode(key.group(1)), UTF_8);
    marks.add(text.lines().skip(1).findFirst().orElseThrow());
    return new Secrets(List.copyOf(marks));
  }

  void assertAbsent(String where, String text) {
    // Not with AssertJ's own words, which would print the text.
    assertThat(text.isBlank()).as("%s was looked at", where).isFalse();
    for (int index = 0; index < marks.size(); index++) {
      assertThat(text.contains(marks.get(index))).as("%s has secret %d", where, index).isFalse();
    }
  }

  @Override
  public String toString() {
    return "Secrets[***]";
  }
}
