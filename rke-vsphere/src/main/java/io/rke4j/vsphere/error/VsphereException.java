package io.rke4j.vsphere.error;

import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** vCenter refused or failed something. It names the object that it was about. */
public final class VsphereException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private final String fault;
  private final String object;

  private VsphereException(
      String fault,
      String object,
      String message,
      String hint,
      boolean isTransient,
      @Nullable Throwable cause) {
    super("vsphere-failed", message, hint, List.of(), isTransient, cause);
    this.fault = fault;
    this.object = object;
  }

  /**
   * A fault that vCenter reported.
   *
   * @param fault the fault's type in the vSphere API, for example {@code DuplicateName}
   * @param object what it was about, for example {@code virtual machine 'cp-1'}
   * @param says what vCenter said
   * @param hint what to do about it
   * @param isTransient whether trying again may help
   */
  public static VsphereException reported(
      String fault, String object, String says, String hint, boolean isTransient) {
    return new VsphereException(
        fault, object, object + ": " + fault + ": " + says, hint, isTransient, null);
  }

  /**
   * Something that is not there, is there twice, or is not as it has to be.
   *
   * @param object what it is about
   * @param problem what is wrong with it
   * @param hint what to do about it
   */
  public static VsphereException unusable(String object, String problem, String hint) {
    return new VsphereException("", object, object + " " + problem, hint, false, null);
  }

  /**
   * No answer, or none that could be understood; whether the request was acted on is not known.
   *
   * @param object the server, or what it was asked about
   * @param problem what happened
   * @param hint what to do about it
   * @param isTransient whether trying again may help
   * @param cause what was caught
   */
  public static VsphereException unanswered(
      String object, String problem, String hint, boolean isTransient, @Nullable Throwable cause) {
    return new VsphereException("", object, object + ": " + problem, hint, isTransient, cause);
  }

  /** The fault's type in the vSphere API; empty if it was none of vCenter's. */
  public String fault() {
    return fault;
  }

  /** What it was about, for example {@code virtual machine 'cp-1'}. */
  public String object() {
    return object;
  }
}
