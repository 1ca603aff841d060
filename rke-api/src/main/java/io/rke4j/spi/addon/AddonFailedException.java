package io.rke4j.spi.addon;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** An addon could not be put into the cluster or taken out. */
public final class AddonFailedException extends ProviderException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the addon, says what happened, and carries what the cluster says about it.
   *
   * @param addon the addon's name
   * @param why what happened, as it reads after the name
   * @param hint what to do about it
   * @param evidence conditions, events and last log lines, oldest first
   */
  public AddonFailedException(String addon, String why, String hint, List<String> evidence) {
    super("addon-failed", "addon " + addon + " " + why, hint, evidence, false, null);
  }
}
