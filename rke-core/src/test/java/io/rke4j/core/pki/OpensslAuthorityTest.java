package io.rke4j.core.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.api.SigningRequest;
import io.rke4j.api.cluster.CertificateSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.core.cluster.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a user who has an authority of openssl, and another who has elliptic keys. */
class OpensslAuthorityTest {

  private static final Resolved CLUSTER = Clusters.single();

  @TempDir private Path folder;
  @TempDir private Path away;

  @BeforeEach
  void needsOpenssl() {
    assumeTrue(Openssl.isPresent(), "openssl is not installed");
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void makeAuthority(String... key) throws IOException {
    String[] options = {
      "-x509",
      "-nodes",
      "-days",
      "30",
      "-subj",
      "/C=DE/O=Lab/CN=Openssl CA",
      "-keyout",
      away.resolve("key.pem").toString(),
      "-out",
      file("kube-ca.pem")
    };
    Openssl.run("", concat(concat(new String[] {"req"}, key), options));
  }

  private static String[] concat(String[] one, String[] other) {
    return Stream.of(one, other).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private void sign(String name) throws IOException {
    Openssl.run(
        "",
        "x509",
        "-req",
        "-in",
        file(name + "-csr.pem"),
        "-CA",
        file("kube-ca.pem"),
        "-CAkey",
        away.resolve("key.pem").toString(),
        "-CAcreateserial",
        "-CAserial",
        away.resolve("serial").toString(),
        "-days",
        "20",
        "-copy_extensions",
        "copyall",
        "-out",
        file(name + ".pem"));
  }

  private Resolved provided() {
    return new Resolved(
        CLUSTER.spec().withCertificates(CertificateSpec.from(folder)),
        CLUSTER.release(),
        CLUSTER.nodes());
  }

  private List<String> problems() {
    return ProvidedCertificates.problems(provided(), Instant.now()).stream()
        .map(SpecProblem::toString)
        .toList();
  }

  @Test
  void whatOpensslSignsFromTheRequestsIsAccepted() throws IOException {
    makeAuthority("-newkey", "rsa:2048");
    RequestFolder requests = new RequestFolder(folder, Runnable::run);
    for (SigningRequest request : requests.write(CLUSTER, Clusters.RUNNING)) {
      Openssl.run("", "req", "-verify", "-noout", "-in", request.request().toString());
      sign(request.certificate());
    }
    assertThat(problems()).isEmpty();
    CertificateIssuer issuer = new CertificateIssuer(Clock.systemUTC(), Runnable::run);
    CertificateBundle bundle = issuer.issue(provided(), CertificateBundle.EMPTY, Clusters.RUNNING);
    for (String name : List.of("kube-apiserver", "kube-etcd-172-17-0-2", "kube-admin")) {
      Path placed = away.resolve(name + ".pem");
      Files.writeString(placed, bundle.entry(name).certificatePem());
      assertThat(Openssl.run("", "verify", "-CAfile", file("kube-ca.pem"), placed.toString()))
          .contains(": OK");
    }
    assertThat(AdministratorTls.of(bundle).getProtocol()).isEqualTo("TLS");
  }

  @Test
  void ellipticKeysInEveryFormOfOpensslServe() throws IOException {
    makeAuthority("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    String named = "prime256v1";
    Openssl.run("", "ecparam", "-genkey", "-name", named, "-out", file("kube-admin-key.pem"));
    for (String name : List.of("kube-apiserver", "kube-node", "kube-etcd-172-17-0-2")) {
      String out = file(name + "-key.pem");
      String curve = "ec_paramgen_curve:P-384";
      Openssl.run("", "genpkey", "-algorithm", "EC", "-pkeyopt", curve, "-out", out);
    }
    RequestFolder requests = new RequestFolder(folder, Runnable::run);
    for (SigningRequest request : requests.write(CLUSTER, Clusters.RUNNING)) {
      sign(request.certificate());
    }
    assertThat(problems()).isEmpty();
    CertificateIssuer issuer = new CertificateIssuer(Clock.systemUTC(), Runnable::run);
    Resolved cluster = provided();
    CertificateBundle bundle = issuer.issue(cluster, CertificateBundle.EMPTY, Clusters.RUNNING);
    assertThat(issuer.plan(cluster, bundle).isEmpty()).isTrue();
    assertThat(AdministratorTls.of(bundle).getProtocol()).isEqualTo("TLS");
  }
}
