package io.rke4j.vsphere.internal.soap;

/**
 * vCenter refused a call.
 *
 * <p>Checked, and never leaves this package: it becomes an error that names the object.
 */
final class FaultAnswer extends Exception {

  private static final long serialVersionUID = 1L;

  private final String type;

  FaultAnswer(String type, String message) {
    super(message);
    this.type = type;
  }

  /** The fault's type in the vSphere API. */
  String type() {
    return type;
  }

  String text() {
    return getMessage() == null ? "" : getMessage();
  }
}
