package io.rke4j.api.cluster;

import java.util.List;

/**
 * Who reaches the API server, and what they may do.
 *
 * @param extraSans further names and addresses for the API server's certificate
 * @param authorization how rights are decided
 */
public record AccessSpec(List<String> extraSans, AuthorizationMode authorization) {

  /** Copies the list. */
  public AccessSpec {
    extraSans = List.copyOf(extraSans);
  }
}
