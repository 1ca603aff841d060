package io.rke4j.core.check;

import io.rke4j.api.check.Finding;
import io.rke4j.api.check.Finding.Severity;
import io.rke4j.core.pki.Expiry;
import java.time.Instant;
import java.util.List;

/** Looks for certificates of the cluster that end soon. */
final class CertificateExpiry {

  static final String ID = "certificate-expiry";

  private static final String WHY =
      "components refuse a certificate that has ended, and with it each other";

  private CertificateExpiry() {}

  static List<Finding> findings(String cluster, List<Expiry> expiries, Instant now) {
    return expiries.stream().map(expiry -> finding(cluster, expiry, now)).toList();
  }

  private static Finding finding(String cluster, Expiry expiry, Instant now) {
    boolean isOver = !expiry.end().isAfter(now);
    return new Finding(
        ID,
        isOver && !expiry.isRenewed() ? Severity.BLOCKS : Severity.WARNS,
        cluster,
        "the certificate " + expiry.name() + (isOver ? " has expired" : " expires soon"),
        WHY,
        List.of("it holds until " + expiry.end()),
        remedy(expiry));
  }

  private static String remedy(Expiry expiry) {
    if (expiry.isRenewed()) {
      return "apply the specification, which renews it and restarts what reads it";
    }
    String file = expiry.name() + ".pem";
    return expiry.isProvided()
        ? "have it signed again by "
            + expiry.signer()
            + ", put it in the place of "
            + file
            + ", and apply"
        : "have it signed by " + expiry.signer() + ", whose key is not here, and provide " + file;
  }
}
