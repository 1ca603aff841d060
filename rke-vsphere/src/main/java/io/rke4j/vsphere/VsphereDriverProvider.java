package io.rke4j.vsphere;

import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.node.NodeDriverProvider;
import io.rke4j.vsphere.settings.VsphereTemplates;
import java.util.Map;

/** Finds {@link VsphereDriver} under the id {@code vsphere}. */
public final class VsphereDriverProvider implements NodeDriverProvider {

  @Override
  public String id() {
    return "vsphere";
  }

  /**
   * Opens the driver.
   *
   * @param settings the keys of node templates, see {@link VsphereTemplates#fromRancher(Map)}
   * @throws io.rke4j.api.cluster.InvalidSpecException with every problem of the settings
   * @throws io.rke4j.vsphere.error.VsphereException if there is no login
   */
  @Override
  public NodeDriver open(Map<String, String> settings) {
    return VsphereDriver.connect(VsphereTemplates.fromRancher(settings));
  }
}
