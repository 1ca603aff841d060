package io.rke4j.api.cluster;

import java.util.List;

/**
 * How hosts are reached, who reaches the API server, and what they may do.
 *
 * @param extraSans further names and addresses for the API server's certificate
 * @param authorization how rights are decided
 * @param tokenWebhook who says whose a token is
 * @param bastions the hosts on the way to all others, in the order in which they are passed; empty
 *     if the others are reached directly
 */
public record AccessSpec(
    List<String> extraSans,
    AuthorizationMode authorization,
    TokenWebhook tokenWebhook,
    List<Bastion> bastions) {

  /** Copies the lists. */
  public AccessSpec {
    extraSans = List.copyOf(extraSans);
    bastions = List.copyOf(bastions);
  }
}
