package io.rke4j.api.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cloud whose machines the nodes are, if Kubernetes is to know it. Every host then has a file
 * {@code /etc/kubernetes/cloud-config} that only root can read, which API servers, controller
 * managers and kubelets are told of; it is in no argument, variable or log.
 */
public sealed interface CloudProvider {

  /** Its name in {@code cluster.yml}; empty if there is none. */
  String name();

  /** What the components get as {@code --cloud-provider}. */
  default String flag() {
    return name();
  }

  /** Whether nodes take their names from the cloud's metadata service, which is so on AWS only. */
  default boolean instanceNames() {
    return false;
  }

  /** None: Kubernetes takes the hosts as they are. */
  record None() implements CloudProvider {
    @Override
    public String name() {
      return "";
    }
  }

  /**
   * One that needs no settings: {@code external}, whose program the user deploys, or {@code gce}.
   *
   * @param name its name
   */
  record Named(String name) implements CloudProvider {}

  /**
   * AWS by a program that the user deploys.
   *
   * @param instanceNames whether nodes are named after their instances
   */
  record ExternalAws(boolean instanceNames) implements CloudProvider {
    @Override
    public String name() {
      return "external-aws";
    }

    @Override
    public String flag() {
      return "external";
    }
  }

  /**
   * One whose file the user writes.
   *
   * @param name its name
   * @param file the text of the file
   */
  record Custom(String name, Secret file) implements CloudProvider {}

  /**
   * VMware vSphere.
   *
   * @param options what is not of one server
   * @param servers the vCenter servers, by their names or addresses
   */
  record Vsphere(
      CloudOptions<VsphereOption> options, Map<String, CloudOptions<VsphereServerOption>> servers)
      implements CloudProvider {

    /** Copies the servers, in the order of their names. */
    public Vsphere {
      servers = Collections.unmodifiableMap(new TreeMap<>(servers));
    }

    @Override
    public String name() {
      return "vsphere";
    }
  }

  /**
   * OpenStack.
   *
   * @param options its settings
   */
  record Openstack(CloudOptions<OpenstackOption> options) implements CloudProvider {
    @Override
    public String name() {
      return "openstack";
    }
  }

  /**
   * Microsoft Azure.
   *
   * @param options its settings; what is left out of some of them, each host asks Azure for
   */
  record Azure(CloudOptions<AzureOption> options) implements CloudProvider {
    @Override
    public String name() {
      return "azure";
    }
  }

  /**
   * Amazon Web Services.
   *
   * @param options its settings
   * @param services services that are not where they usually are, by the user's names for them
   * @param instanceNames whether kube-proxy takes the node's name from the instance
   */
  record Aws(
      CloudOptions<AwsOption> options,
      Map<String, CloudOptions<AwsServiceOption>> services,
      boolean instanceNames)
      implements CloudProvider {

    /** Copies the services, in the order of their names. */
    public Aws {
      services = Collections.unmodifiableMap(new TreeMap<>(services));
    }

    @Override
    public String name() {
      return "aws";
    }
  }
}
