package io.rke4j.core.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks the real openssl what it sees. */
final class Openssl {

  private static final Pattern ALGORITHM = Pattern.compile("Signature Algorithm: (\\S+)");
  private static final Pattern BITS = Pattern.compile("Public-Key: \\((.*?)\\)");

  private Openssl() {}

  static boolean isPresent() {
    try {
      run("", "version");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Subject, issuer, purposes, names, signature and size of a certificate. */
  static List<String> describe(String pem) throws IOException {
    List<String> lines = new ArrayList<>();
    run(
            pem,
            "x509",
            "-noout",
            "-subject",
            "-issuer",
            "-ext",
            "subjectAltName,keyUsage,extendedKeyUsage,basicConstraints",
            "-nameopt",
            "RFC2253")
        .lines()
        .map(String::strip)
        .forEach(lines::add);
    String text = run(pem, "x509", "-noout", "-text");
    Stream.of(ALGORITHM, BITS)
        .map(pattern -> pattern.matcher(text))
        .filter(Matcher::find)
        .forEach(matcher -> lines.add(matcher.group(1)));
    return lines;
  }

  /** Runs openssl with an input. */
  static String run(String input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }
}
