package io.rke4j.api.cluster;

import java.util.List;

/**
 * How hosts are reached, who reaches the API server, what they may do, and what all show each other
 * as proof of who they are.
 *
 * @param extraSans further names and addresses for the API server's certificate
 * @param authorization how rights are decided
 * @param tokenWebhook who says whose a token is
 * @param bastions the hosts on the way to all others, in the order in which they are passed; empty
 *     if the others are reached directly
 * @param certificates where certificates and keys come from
 * @param renewal which of them are renewed although they are good
 */
public record AccessSpec(
    List<String> extraSans,
    AuthorizationMode authorization,
    TokenWebhook tokenWebhook,
    List<Bastion> bastions,
    CertificateSpec certificates,
    CertificateRenewal renewal) {

  /** Nothing is renewed before it has to be. */
  public AccessSpec(
      List<String> extraSans,
      AuthorizationMode authorization,
      TokenWebhook tokenWebhook,
      List<Bastion> bastions,
      CertificateSpec certificates) {
    this(extraSans, authorization, tokenWebhook, bastions, certificates, CertificateRenewal.NONE);
  }

  /** Certificates are made for the cluster. */
  public AccessSpec(
      List<String> extraSans,
      AuthorizationMode authorization,
      TokenWebhook tokenWebhook,
      List<Bastion> bastions) {
    this(extraSans, authorization, tokenWebhook, bastions, CertificateSpec.generated());
  }

  /** Copies the lists. */
  public AccessSpec {
    extraSans = List.copyOf(extraSans);
    bastions = List.copyOf(bastions);
  }

  /** The same with certificates from elsewhere. */
  AccessSpec with(CertificateSpec other) {
    return new AccessSpec(extraSans, authorization, tokenWebhook, bastions, other, renewal);
  }
}
