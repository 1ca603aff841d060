package io.rke4j.core.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.CertificateRenewal.Owner;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.IssuePlan.Action;
import io.rke4j.core.pki.IssuePlan.Change;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.OperationCancelledException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CertificateIssuerTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Resolved MIXED = Clusters.mixed("10.1.1.1", "api.example.test");
  private static final CertificateBundle ISSUED =
      issuer(NOW).issue(MIXED, CertificateBundle.EMPTY, Clusters.RUNNING);

  private static CertificateIssuer issuer(Instant now) {
    return new CertificateIssuer(Clock.fixed(now, ZoneOffset.UTC), Runnable::run);
  }

  @Test
  void firstPlanNamesEverything() {
    IssuePlan plan = issuer(NOW).plan(MIXED, CertificateBundle.EMPTY);
    assertThat(plan.lines())
        .hasSize(12)
        .startsWith("issue kube-ca: it is missing")
        .endsWith("issue kube-etcd-node-b-invalid: it is missing");
  }

  @Test
  void secondPlanIsEmptyAndIssuingAgainChangesNothing() {
    assertThat(issuer(NOW).plan(MIXED, ISSUED).lines()).isEmpty();
    assertThat(issuer(NOW).issue(MIXED, ISSUED, Clusters.RUNNING)).isSameAs(ISSUED);
  }

  @Test
  void namesComeInTheOrderOfNodesAndAsNamesBeforeAddresses() throws GeneralSecurityException {
    assertThat(names("kube-apiserver"))
        .containsExactly(
            "node-a",
            "api.example.test",
            "localhost",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local",
            "127.0.0.11",
            "127.1.0.11",
            "10.1.1.1",
            "127.0.0.1",
            "10.43.0.1");
    assertThat(names("kube-etcd-127-1-0-11"))
        .isEqualTo(names("kube-etcd-node-b-invalid"))
        .contains("node-a", "node-b", "node-b.invalid", "127.0.0.11", "10.43.0.1")
        .doesNotContain("10.1.1.1");
  }

  @Test
  void everyChainHoldsForTheJdk() throws GeneralSecurityException {
    for (CertificateRequest request : Certificates.of(MIXED)) {
      if (!request.isAuthority()) {
        PKIXParameters parameters =
            new PKIXParameters(Set.of(new TrustAnchor(certificate(request.signer()), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(java.util.Date.from(NOW));
        CertPathValidator.getInstance("PKIX")
            .validate(
                CertificateFactory.getInstance("X.509")
                    .generateCertPath(List.of(certificate(request.name()))),
                parameters);
      }
    }
  }

  @Test
  void everyCertificateHasAKeyOfItsOwn() {
    assertThat(ISSUED.entries().values().stream().map(entry -> entry.key().reveal()))
        .doesNotHaveDuplicates()
        .hasSize(12);
  }

  @Test
  void aCertificateHoldsTenYearsAndAlreadyForClocksThatAreABitBehind()
      throws GeneralSecurityException {
    X509Certificate certificate = certificate("kube-apiserver");
    assertThat(certificate.getNotBefore()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
    assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(3650)));
  }

  @Test
  void oldCertificatesGetNewKeysAndAuthoritiesAndTheKeyOfTokensStay() {
    Instant later = NOW.plus(Duration.ofDays(1));
    Resolved renewed = Clusters.mixed(later);
    IssuePlan plan = issuer(later).plan(renewed, ISSUED);
    assertThat(plan.changes()).hasSize(9).extracting(Change::action).containsOnly(Action.ISSUE);
    assertThat(plan.lines())
        .contains(
            "issue kube-admin: those from before 2026-11-23T12:00:00Z are to be renewed",
            "issue kube-etcd-127-1-0-11: those from before 2026-11-23T12:00:00Z are to be renewed");

    CertificateBundle issued = issuer(later).issue(renewed, ISSUED, Clusters.RUNNING);

    assertThat(issued.entry("kube-apiserver").key())
        .isNotEqualTo(ISSUED.entry("kube-apiserver").key());
    for (String kept :
        List.of("kube-ca", "kube-apiserver-requestheader-ca", "kube-service-account-token")) {
      assertThat(issued.entry(kept)).isEqualTo(ISSUED.entry(kept));
    }
    assertThat(issuer(later).plan(renewed, issued).lines()).as("a second run").isEmpty();
  }

  @Test
  void onlyCertificatesOfTheOwnersThatAreNamedAreRenewed() {
    Instant later = NOW.plus(Duration.ofDays(1));
    assertThat(
            issuer(later)
                .plan(Clusters.mixed(later, Owner.ETCD, Owner.KUBE_SCHEDULER), ISSUED)
                .changes())
        .extracting(Change::name)
        .containsExactly("kube-scheduler", "kube-etcd-127-1-0-11", "kube-etcd-node-b-invalid");
  }

  @Test
  void certificatesThatAreYoungEnoughStay() {
    assertThat(issuer(NOW).plan(Clusters.mixed(NOW), ISSUED).lines()).isEmpty();
  }

  @Test
  void anotherNameRenewsOnlyTheApiServersCertificateAndKeepsItsKey() {
    Resolved renamed = Clusters.mixed("10.1.1.2", "API.example.test");
    assertThat(issuer(NOW).plan(renamed, ISSUED).lines())
        .containsExactly(
            "renew the certificate of kube-apiserver, keeping its key: its names change:"
                + " +10.1.1.2 -10.1.1.1");
    CertificateBundle renewed = issuer(NOW).issue(renamed, ISSUED, Clusters.RUNNING);
    assertThat(changed(ISSUED, renewed)).containsExactly("kube-apiserver");
    assertThat(renewed.entry("kube-apiserver").key())
        .isEqualTo(ISSUED.entry("kube-apiserver").key());
    assertThat(issuer(NOW).plan(renamed, renewed).isEmpty()).isTrue();
  }

  @Test
  void bothFirstAddressesOfServicesAreNamesOfTheApiServerAndKnownAgain()
      throws GeneralSecurityException {
    Resolved dual =
        Clusters.of(
            spec ->
                spec.kubernetes("v1.30.14-rancher1-1")
                    .apiServerName("2001:DB8:0::1")
                    .network(
                        n -> n.plugin("calico").serviceCidr("10.43.0.0/16", "fd98:0:0:0::/108"))
                    .node("172.17.0.2", Clusters.all("172.17.0.2")));
    CertificateBundle single = Clusters.singleIssued();

    assertThat(issuer(Instant.now()).plan(dual, single).lines())
        .containsExactlyInAnyOrder(
            "renew the certificate of kube-apiserver, keeping its key: its names change:"
                + " +2001:db8::1 +fd98::1",
            "renew the certificate of kube-etcd-172-17-0-2, keeping its key: its names change:"
                + " +fd98::1");
    CertificateBundle issued = issuer(Instant.now()).issue(dual, single, Clusters.RUNNING);
    assertThat(issuer(Instant.now()).plan(dual, issued).lines()).isEmpty();
    assertThat(
            Inspection.names(Pem.readCertificate(issued.entry("kube-apiserver").certificatePem()))
                .addresses())
        .endsWith("10.43.0.1", "fd98::1");
  }

  @Test
  void anotherOrderOfNamesRenewsNothing() {
    assertThat(issuer(NOW).plan(Clusters.mixed("api.example.test", "10.1.1.1"), ISSUED).lines())
        .isEmpty();
  }

  @Test
  void aRemovedEtcdNodeTakesItsCertificateAlong() {
    Resolved smaller = Clusters.of(spec -> spec.nodes("x", 1, Clusters.all("127.0.0.11")));
    IssuePlan plan = issuer(NOW).plan(smaller, ISSUED);
    assertThat(plan.lines())
        .contains(
            "issue kube-etcd-127-0-0-11: it is missing",
            "drop kube-etcd-127-1-0-11: no node needs it any more",
            "drop kube-etcd-node-b-invalid: no node needs it any more");
    assertThat(issuer(NOW).issue(smaller, ISSUED, Clusters.RUNNING).names())
        .contains("kube-etcd-127-0-0-11")
        .doesNotContain("kube-etcd-127-1-0-11", "kube-etcd-node-b-invalid");
  }

  @Test
  void whatEndsWithinThirtyDaysIsRenewedWithItsKeyAndTheOldLeavesStillHold() {
    Instant soon = NOW.plus(Duration.ofDays(3650 - 30));
    assertThat(issuer(soon.minusSeconds(1)).plan(MIXED, ISSUED).isEmpty()).isTrue();
    IssuePlan plan = issuer(soon).plan(MIXED, ISSUED);
    assertThat(plan.changes()).hasSize(11).allMatch(change -> change.action() == Action.RENEW);
    assertThat(plan.lines().get(0)).contains("kube-ca", "it expires at 2036-");
    CertificateBundle renewed = issuer(soon).issue(MIXED, ISSUED, Clusters.RUNNING);
    assertThat(issuer(soon).plan(MIXED, renewed).isEmpty()).isTrue();
    CertificateBundle onlyAuthority = with("kube-ca", entry -> renewed.entry("kube-ca"));
    assertThat(issuer(NOW).plan(MIXED, onlyAuthority).isEmpty()).isTrue();
  }

  @Test
  void aCertificateThatIsNotTheWantedOneIsRenewed() {
    CertificateBundle strange =
        with("kube-scheduler", entry -> ISSUED.entry("kube-apiserver-proxy-client"));
    assertThat(issuer(NOW).plan(MIXED, strange).lines())
        .containsExactly(
            "renew the certificate of kube-scheduler, keeping its key: it is not signed by today's"
                + " kube-ca");
    CertificateBundle crossed =
        with(
            "kube-proxy",
            entry -> new Entry(entry.certificatePem(), ISSUED.entry("kube-node").key()));
    assertThat(issuer(NOW).plan(MIXED, crossed).lines())
        .containsExactly(
            "renew the certificate of kube-proxy, keeping its key: it belongs to another key");
    CertificateBundle swapped = with("kube-proxy", entry -> ISSUED.entry("kube-node"));
    assertThat(issuer(NOW).plan(MIXED, swapped).lines())
        .containsExactly(
            "renew the certificate of kube-proxy, keeping its key: its subject is CN=system:node,"
                + " O=system:nodes, not CN=system:kube-proxy");
    CertificateBundle broken = with("kube-proxy", entry -> new Entry("broken", entry.key()));
    assertThat(issuer(NOW).plan(MIXED, broken).lines().get(0))
        .startsWith("renew the certificate of kube-proxy, keeping its key: it cannot be read: ");
  }

  @Test
  void theServiceAccountKeyIsNeverReplaced() {
    CertificateBundle takenOver =
        with("kube-service-account-token", entry -> ISSUED.entry("kube-apiserver"));
    Instant late = NOW.plus(Duration.ofDays(4000));
    assertThat(issuer(late).plan(Clusters.mixed("other.test"), takenOver).changes())
        .extracting(Change::name)
        .doesNotContain("kube-service-account-token");
  }

  @Test
  void aLostAuthorityIsAnErrorAndNotANewOne() {
    Map<String, Entry> entries = new HashMap<>(ISSUED.entries());
    entries.remove("kube-ca");
    assertThatThrownBy(() -> issuer(NOW).plan(MIXED, new CertificateBundle(entries)))
        .isInstanceOf(UnusableCertificatesException.class)
        .hasMessageContaining("not their authority kube-ca")
        .hasMessageContaining("backup");
  }

  @Test
  void anAuthorityWithoutKeyServesAsLongAsNothingIsToBeSigned() {
    CertificateBundle keyless =
        with("kube-ca", entry -> new Entry(entry.certificatePem(), Secret.of("")));
    assertThat(issuer(NOW).plan(MIXED, keyless).isEmpty()).isTrue();
    assertThatThrownBy(() -> issuer(NOW).plan(Clusters.mixed("other.test"), keyless))
        .isInstanceOf(UnusableCertificatesException.class)
        .hasMessageContaining("the key of kube-ca is absent");
  }

  @Test
  void aDamagedKeyIsReplacedWithoutBeingQuoted() {
    CertificateBundle damaged =
        with(
            "kube-node",
            entry ->
                new Entry(
                    entry.certificatePem(),
                    Secret.of(entry.key().reveal().replaceFirst("\n", "\n!marker!"))));
    List<String> lines = issuer(NOW).plan(MIXED, damaged).lines();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).startsWith("issue kube-node: ").doesNotContain("marker", "MII");
  }

  @Test
  void nothingPrintsAKey() {
    String printed =
        ISSUED + "\n" + ISSUED.entries() + "\n" + NodeFiles.of(MIXED, MIXED.nodes().get(0), ISSUED);
    assertThat(printed).doesNotContain("PRIVATE KEY");
  }

  @Test
  @Timeout(60)
  void aPoolWhoseOnlyThreadIssuesDoesNotBlock() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      CertificateIssuer issuer = new CertificateIssuer(Clock.fixed(NOW, ZoneOffset.UTC), pool);
      Map<String, Entry> entries = new HashMap<>(ISSUED.entries());
      entries.keySet().removeAll(Set.of("kube-node", "kube-proxy", "kube-scheduler"));
      CertificateBundle incomplete = new CertificateBundle(entries);
      CertificateBundle bundle =
          pool.submit(() -> issuer.issue(MIXED, incomplete, Clusters.RUNNING))
              .get(50, TimeUnit.SECONDS);
      assertThat(bundle.names()).isEqualTo(ISSUED.names());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void cancellingStopsIt() {
    CancellationToken cancelled =
        new CancellationToken() {
          @Override
          public boolean isCancelled() {
            return true;
          }

          @Override
          public void onCancel(Runnable action) {
            action.run();
          }
        };
    assertThatThrownBy(() -> issuer(NOW).issue(MIXED, CertificateBundle.EMPTY, cancelled))
        .isInstanceOf(OperationCancelledException.class);
  }

  private static X509Certificate certificate(String name) throws GeneralSecurityException {
    return Pem.readCertificate(ISSUED.entry(name).certificatePem());
  }

  private static List<String> names(String name) throws GeneralSecurityException {
    return certificate(name).getSubjectAlternativeNames().stream()
        .map(san -> san.get(1).toString())
        .toList();
  }

  private static CertificateBundle with(String name, UnaryOperator<Entry> replacement) {
    Map<String, Entry> entries = new HashMap<>(ISSUED.entries());
    entries.put(name, replacement.apply(ISSUED.entry(name)));
    return new CertificateBundle(entries);
  }

  private static List<String> changed(CertificateBundle before, CertificateBundle after) {
    return after.names().stream()
        .filter(name -> !after.find(name).equals(before.find(name)))
        .toList();
  }
}
