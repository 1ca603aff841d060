package io.rke4j.core.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.ForeignAuthority.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProvidedCertificatesTest {

  private static final Resolved PLAIN = Clusters.mixed("api.example.test");
  private static final ForeignAuthority LAB = ForeignAuthority.named("CN=Lab CA,O=Lab,C=DE");
  private static final CertificateIssuer ISSUER =
      new CertificateIssuer(Clock.systemUTC(), Runnable::run);

  @TempDir private static Path requests;
  private static Map<String, Secret> good = Map.of();

  @BeforeAll
  static void haveEverythingSigned() throws IOException {
    new RequestFolder(requests, Runnable::run).write(PLAIN, Clusters.RUNNING);
    good = LAB.provide(requests);
  }

  private static String request(String name) {
    try {
      return Files.readString(requests.resolve(name + "-csr.pem"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> problems(Map<String, Secret> files) {
    return problems(files, PLAIN);
  }

  private static List<String> problems(Map<String, Secret> files, Resolved cluster) {
    return ProvidedCertificates.problems(Clusters.with(files, cluster), Instant.now()).stream()
        .map(SpecProblem::toString)
        .toList();
  }

  private static Map<String, Secret> with(String file, Secret content) {
    Map<String, Secret> files = new HashMap<>(good);
    files.put(file, content);
    return files;
  }

  private static Map<String, Secret> without(String... names) {
    Map<String, Secret> files = new HashMap<>(good);
    files.keySet().removeAll(Set.of(names));
    return files;
  }

  @Test
  void whatAForeignAuthoritySignedIsTakenAsItIsAndOnlyTheTokensKeyIsMade() {
    Resolved cluster = Clusters.with(good, PLAIN);
    assertThat(problems(good)).isEmpty();
    assertThat(ProvidedCertificates.warnings(cluster)).isEmpty();

    CertificateBundle bundle = ISSUER.issue(cluster, CertificateBundle.EMPTY, Clusters.RUNNING);

    assertThat(ISSUER.plan(cluster, CertificateBundle.EMPTY).lines())
        .contains(
            "take kube-ca as provided: it is missing",
            "issue kube-service-account-token: it is missing");
    assertThat(bundle.entry("kube-ca").hasKey()).isFalse();
    assertThat(bundle.entry("kube-service-account-token").hasKey()).isTrue();
    assertThat(bundle.entry("kube-proxy").key()).isEqualTo(good.get("kube-proxy-key.pem"));
    assertThat(bundle.names())
        .containsExactlyInAnyOrderElementsOf(
            Certificates.of(PLAIN).stream().map(CertificateRequest::name).toList());
    assertThat(ISSUER.plan(cluster, bundle).lines()).isEmpty();
    assertThat(ISSUER.foresee(cluster, bundle)).contains(bundle);
  }

  @Test
  void anotherCertificateForOneComponentChangesOnlyThat() {
    CertificateBundle before =
        ISSUER.issue(Clusters.with(good, PLAIN), CertificateBundle.EMPTY, Clusters.RUNNING);
    Resolved changed =
        Clusters.with(with("kube-proxy.pem", LAB.sign(request("kube-proxy"))), PLAIN);

    assertThat(ISSUER.plan(changed, before).lines())
        .containsExactly("take kube-proxy as provided: the one in use is another");
    CertificateBundle after = ISSUER.foresee(changed, before).orElseThrow();
    assertThat(after).isEqualTo(ISSUER.issue(changed, before, Clusters.RUNNING));
    assertThat(after.names().stream().filter(n -> !after.find(n).equals(before.find(n))))
        .containsExactly("kube-proxy");
  }

  @Test
  void theAuthoritysKeySignsWhatIsMissing() {
    Map<String, Secret> files =
        Map.of("kube-ca.pem", LAB.certificate(), "kube-ca-key.pem", LAB.key());
    assertThat(problems(files)).isEmpty();

    Resolved cluster = Clusters.with(files, PLAIN);
    CertificateBundle bundle = ISSUER.issue(cluster, CertificateBundle.EMPTY, Clusters.RUNNING);

    Map<String, Secret> all = new HashMap<>();
    bundle.entries().forEach((name, entry) -> addTo(all, name, entry));
    assertThat(problems(all)).isEmpty();
    assertThat(ISSUER.plan(cluster, bundle).lines()).isEmpty();
  }

  private static void addTo(Map<String, Secret> files, String name, Entry entry) {
    files.put(name + ".pem", Secret.of(entry.certificatePem()));
    files.put(name + "-key.pem", entry.key());
  }

  @Test
  void aNewNodeNamesTheCertificatesThatMustBeProvidedForIt() {
    Resolved larger =
        Clusters.of(
            spec -> {
              spec.node("127.0.0.11", Clusters.all("127.0.0.11"));
              spec.node(
                  "new", n -> n.address("10.0.0.9").user("root").roles(Role.ETCD, Role.WORKER));
              spec.services(s -> s.kubeletServingCertificates(true));
            });
    assertThat(problems(good, larger))
        .anyMatch(p -> p.startsWith("certificates/kube-etcd-10-0-0-9.pem: is missing"))
        .anyMatch(
            p ->
                p.startsWith("certificates/kube-kubelet-10-0-0-9.pem: is missing")
                    && p.contains("requestCertificates")
                    && p.contains("the key of kube-ca"));
  }

  @Test
  void withoutTheSecondAuthorityTheFirstSpeaksForBothAsWithRke() {
    Map<String, Secret> files = without("kube-apiserver-requestheader-ca.pem");
    Resolved cluster = Clusters.with(files, PLAIN);
    assertThat(problems(files)).isEmpty();
    assertThat(ProvidedCertificates.warnings(cluster))
        .singleElement()
        .asString()
        .contains("kube-ca speaks for aggregated API servers, too");
    CertificateBundle bundle = ISSUER.issue(cluster, CertificateBundle.EMPTY, Clusters.RUNNING);
    assertThat(bundle.entry("kube-apiserver-requestheader-ca")).isEqualTo(bundle.entry("kube-ca"));
  }

  @Test
  void keysThatWaitForTheirCertificatesAskForThoseAndNothingElse() {
    Map<String, Secret> files =
        without("kube-apiserver-requestheader-ca.pem", "kube-apiserver-proxy-client.pem");
    assertThat(problems(files))
        .singleElement()
        .asString()
        .contains("kube-apiserver-proxy-client.pem", "have its signing request signed")
        .doesNotContain("provide the key of");
  }

  @Test
  void filesOfOtherNamesAreNotPassedOverInSilence() {
    Map<String, Secret> files = with("kube-apisever.pem", Secret.of("x"));
    files.put("kube-etcd-10-9-9-9.pem", Secret.of("of a node that is gone"));
    assertThat(ProvidedCertificates.warnings(Clusters.with(files, PLAIN)))
        .containsExactly(
            "kube-apisever.pem is not the name of a certificate of RKE, and is not used");
  }

  static Stream<Arguments> faults() {
    Instant now = Instant.now();
    String proxy = "kube-proxy.pem";
    String api = "kube-apiserver.pem";
    return Stream.of(
        arguments(proxy, terms(proxy, t -> t.until(now.minusSeconds(60))), "expired at "),
        arguments(proxy, terms(proxy, t -> t.from(now.plusSeconds(60))), "holds only from "),
        arguments(
            proxy,
            terms(proxy, t -> t.subject("CN=proxy,O=Lab")),
            "has the common name [proxy], and Kubernetes takes it for a user's name; have it signed"
                + " with CN=system:kube-proxy"),
        arguments(
            "kube-node.pem",
            terms("kube-node.pem", t -> t.subject("CN=system:node,O=Lab")),
            "is of the organizations [Lab], and Kubernetes takes them for groups"),
        arguments(
            proxy, terms(proxy, t -> t.signedBy("SHA1withRSA")), "is signed with SHA1withRSA"),
        arguments(
            api,
            terms(api, t -> t.without(Extension.subjectAlternativeName)),
            "lacks the names node-a, api.example.test, localhost, kubernetes, kubernetes.default,"
                + " kubernetes.default.svc, kubernetes.default.svc.cluster.local, 127.0.0.11,"
                + " 127.1.0.11, 127.0.0.1, 10.43.0.1"),
        arguments(
            "kube-etcd-127-1-0-11.pem",
            terms(
                "kube-etcd-127-1-0-11.pem", t -> t.with(names(GeneralName.iPAddress, "127.0.0.1"))),
            "lacks the names 127.1.0.11"),
        arguments(
            api,
            terms(api, t -> t.with(purpose(KeyPurposeId.id_kp_clientAuth))),
            "its extended key usage needs serverAuth"),
        arguments(
            proxy,
            terms(proxy, t -> t.with(purpose(KeyPurposeId.id_kp_serverAuth))),
            "its extended key usage needs clientAuth"),
        arguments(
            proxy,
            terms(proxy, t -> t.with(extension(Extension.keyUsage, usage(KeyUsage.keyAgreement)))),
            "its key usage needs digitalSignature"),
        arguments(
            proxy,
            ForeignAuthority.named("CN=Lab CA,O=Lab,C=DE").sign(request("kube-proxy")),
            "is not signed by the kube-ca.pem that is provided"),
        arguments(proxy, Secret.of(request("kube-proxy")), "holds a signing request"),
        arguments(proxy, Secret.of("nothing"), "holds no certificate in PEM form"),
        arguments(
            proxy,
            Secret.of(text(proxy) + LAB.certificate().reveal()),
            "holds 2 certificates; leave only its own"),
        arguments(
            proxy,
            Secret.of(text(proxy).replaceFirst("\n.{20}", "\nAAAAAAAAAAAAAAAAAAAA")),
            "is damaged"));
  }

  private static String text(String file) {
    return good.getOrDefault(file, Secret.of("")).reveal();
  }

  private static Secret terms(String file, UnaryOperator<Terms> change) {
    return LAB.sign(request(file.replace(".pem", "")), change);
  }

  private static KeyUsage usage(int bits) {
    return new KeyUsage(bits);
  }

  private static Extension purpose(KeyPurposeId purpose) {
    return extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose));
  }

  private static Extension names(int kind, String name) {
    return extension(
        Extension.subjectAlternativeName, new GeneralNames(new GeneralName(kind, name)));
  }

  private static Extension extension(
      org.bouncycastle.asn1.ASN1ObjectIdentifier kind, org.bouncycastle.asn1.ASN1Object value) {
    try {
      return new Extension(kind, false, value.getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("faults")
  void everyFaultIsNamedWithItsFileAndItsRemedy(String file, Secret content, String words) {
    assertThat(problems(with(file, content)))
        .singleElement()
        .asString()
        .startsWith("certificates/" + file + ": ")
        .contains(words)
        .contains("; ");
  }

  static Stream<Arguments> keyFaults() {
    String key = text("kube-node-key.pem");
    return Stream.of(
        arguments(key, "does not belong to kube-proxy.pem"),
        arguments("", "the text holds no RSA or EC private key"),
        arguments(key.replaceFirst("\n.{20}", "\n!marker!"), "cannot be used"),
        arguments(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "has a passphrase"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("keyFaults")
  void aKeyThatCannotBeUsedIsNamedAndNotQuoted(String key, String words) {
    assertThat(problems(with("kube-proxy-key.pem", Secret.of(key))))
        .singleElement()
        .asString()
        .startsWith("certificates/kube-proxy-key.pem: ")
        .contains(words)
        .doesNotContain("marker", "MII");
  }

  @Test
  void weakKeysAreRefused() {
    KeyPair weak = ForeignAuthority.rsa(1024);
    CertificateRequest proxy =
        Certificates.of(PLAIN).stream()
            .filter(request -> request.name().equals("kube-proxy"))
            .findFirst()
            .orElseThrow();
    try {
      Map<String, Secret> files =
          with("kube-proxy.pem", LAB.sign(RequestToSign.write(proxy, weak)));
      files.put("kube-proxy-key.pem", Pem.key(weak.getPrivate()));
      assertThat(problems(files))
          .singleElement()
          .asString()
          .contains("has a key of only 1024 bits; use an RSA key of at least 2048 bits");
    } catch (IOException | java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAuthorityMustBeOne() {
    Secret noAuthority = LAB.certificate(t -> t.without(Extension.basicConstraints));
    Secret signsNothing =
        LAB.certificate(
            t -> t.with(extension(Extension.keyUsage, usage(KeyUsage.digitalSignature))));
    assertThat(problems(with("kube-ca.pem", noAuthority)))
        .singleElement()
        .asString()
        .contains("is not the certificate of an authority");
    assertThat(problems(with("kube-ca.pem", signsNothing)))
        .singleElement()
        .asString()
        .contains("keyCertSign");
  }

  @Test
  void allProblemsComeAtOnceBeforeAnythingElse() {
    Map<String, Secret> files = without("kube-scheduler.pem", "kube-admin-key.pem", "kube-ca.pem");
    files.remove("kube-controller-manager.pem");
    files.remove("kube-controller-manager-key.pem");
    files.put("kube-proxy.pem", Secret.of("nothing"));
    assertThatThrownBy(() -> ProvidedCertificates.check(Clusters.with(files, PLAIN), Instant.now()))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContainingAll(
            "the set of certificates for cluster 'c1' has 5 problems:",
            "certificates/kube-ca.pem: is missing; put the certificate of the authority there",
            "certificates/kube-scheduler.pem: is missing, and kube-scheduler-key.pem is there",
            "certificates/kube-controller-manager.pem: is missing; have its signing request signed",
            "certificates/kube-admin-key.pem: is missing; put the key of kube-admin.pem there",
            "certificates/kube-proxy.pem: holds no certificate");
  }

  @Test
  void wildcardsAndCapitalLettersCount() {
    Secret certificate =
        LAB.sign(
            request("kube-apiserver"),
            t -> t.with(extension(Extension.subjectAlternativeName, wildcards())));
    assertThat(problems(with("kube-apiserver.pem", certificate))).isEmpty();
  }

  private static GeneralNames wildcards() {
    List<GeneralName> names = new ArrayList<>();
    List.of("*.example.test", "NODE-A", "localhost", "kubernetes", "kubernetes.default")
        .forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
    List.of("kubernetes.default.svc", "kubernetes.default.svc.cluster.local")
        .forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
    List.of("127.0.0.11", "127.1.0.11", "127.0.0.1", "10.43.0.1")
        .forEach(name -> names.add(new GeneralName(GeneralName.iPAddress, name)));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  @Test
  void aRunningClusterKeepsItsAuthorityAndMayHaveItsCertificateRenewed() {
    Resolved cluster = Clusters.with(good, PLAIN);
    CertificateBundle inUse = ISSUER.issue(cluster, CertificateBundle.EMPTY, Clusters.RUNNING);
    Resolved renewed =
        Clusters.with(
            with("kube-ca.pem", LAB.certificate(t -> t.until(Instant.now().plusSeconds(9999999)))),
            PLAIN);
    ProvidedCertificates.checkAuthority(renewed, inUse);
    assertThatThrownBy(() -> ProvidedCertificates.checkAuthority(cluster, Clusters.singleIssued()))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("is another authority than that of the cluster, which runs");
  }

  @Test
  void whatIsProvidedIsNeverRenewedButItsEndIsSeen() {
    Instant end = Instant.now().plus(Duration.ofDays(20));
    Resolved cluster =
        Clusters.with(
            with("kube-proxy.pem", LAB.sign(request("kube-proxy"), t -> t.until(end))), PLAIN);
    CertificateBundle bundle = ISSUER.issue(cluster, CertificateBundle.EMPTY, Clusters.RUNNING);
    assertThat(ISSUER.plan(cluster, bundle).isEmpty()).isTrue();
    assertThat(Expiry.of(cluster, CertificateBundle.EMPTY, Instant.now()))
        .singleElement()
        .satisfies(
            expiry -> {
              assertThat(expiry.name()).isEqualTo("kube-proxy");
              assertThat(expiry.isProvided()).isTrue();
              assertThat(expiry.isRenewed()).isFalse();
              assertThat(expiry.end()).isBetween(end.minusSeconds(1), end);
            });
    Instant late = Instant.now().plus(Duration.ofDays(3640));
    assertThat(Expiry.of(PLAIN, Clusters.singleIssued(), late))
        .isNotEmpty()
        .allMatch(expiry -> expiry.isRenewed() && !expiry.isProvided());
  }
}
