package io.rke4j.core.document;

import io.rke4j.api.cluster.CloudProvider;
import io.rke4j.api.cluster.Secret;

/**
 * The file that tells Kubernetes' programs how to log in to the cloud. Its form is the provider's,
 * its layout RKE's, so that a cluster that RKE built has the same.
 */
public final class CloudFile {

  /** Where it lies on every host. */
  public static final String PATH = "/etc/kubernetes/cloud-config";

  private CloudFile() {}

  /** The text for a provider; empty if the provider needs none. */
  public static Secret of(CloudProvider cloud) {
    return Secret.of(text(cloud));
  }

  private static String text(CloudProvider cloud) {
    if (cloud instanceof CloudProvider.Custom custom) {
      return custom.file().reveal();
    }
    if (cloud instanceof CloudProvider.Vsphere vsphere) {
      return VsphereFile.of(vsphere);
    }
    if (cloud instanceof CloudProvider.Openstack openstack) {
      return IniFile.of(openstack);
    }
    if (cloud instanceof CloudProvider.Aws aws) {
      return IniFile.of(aws);
    }
    return cloud instanceof CloudProvider.Azure azure ? AzureFile.of(azure) : "";
  }
}
