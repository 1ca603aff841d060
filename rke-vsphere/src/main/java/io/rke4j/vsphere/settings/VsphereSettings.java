package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.InvalidSpecException;
import java.util.Map;

/**
 * All that the driver has to know.
 *
 * @param cluster the cluster that the machines belong to; every machine carries it as a mark, and
 *     no machine with another one is ever touched
 * @param connection the vCenter server
 * @param placement where machines are put
 * @param source what machines are made from
 * @param hardware their size, and configuration parameters
 * @param guest how the driver gets into them
 * @param vApp vApp options
 * @param labels tags and custom attributes
 */
public record VsphereSettings(
    String cluster,
    VsphereConnection connection,
    Placement placement,
    MachineSource source,
    Hardware hardware,
    GuestAccess guest,
    VApp vApp,
    Labels labels) {

  /** Checks the cluster's name. */
  public VsphereSettings {
    if (!cluster.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "'" + cluster + "' is not a cluster's name: use letters, digits and '-'");
    }
  }

  /**
   * Reads the keys of a Rancher node template ({@code vmwarevsphereConfig}), and a few of our own
   * that {@code docs/vsphere.md} lists. Lists have one item per line. A key that is unknown is a
   * problem; one with an empty value counts as not given, as with Rancher.
   *
   * @throws InvalidSpecException with every problem at once
   */
  public static VsphereSettings fromRancher(Map<String, String> template) {
    return new TemplateReader(template).read();
  }
}
