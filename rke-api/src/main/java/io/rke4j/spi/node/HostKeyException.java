package io.rke4j.spi.node;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** The host showed a key that nobody vouches for, or another one than before. */
public final class HostKeyException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private final String fingerprint;

  /**
   * Names the host and the key it showed.
   *
   * @param host address and port
   * @param fingerprint the key's SHA-256 fingerprint as OpenSSH prints it
   * @param why unknown or changed
   * @param hint how to vouch for it
   */
  public HostKeyException(String host, String fingerprint, String why, String hint) {
    super(
        "host-key",
        host + " showed host key " + fingerprint + ", " + why,
        hint,
        List.of(),
        false,
        null);
    this.fingerprint = fingerprint;
  }

  /** The key's SHA-256 fingerprint as OpenSSH prints it. */
  public String fingerprint() {
    return fingerprint;
  }
}
