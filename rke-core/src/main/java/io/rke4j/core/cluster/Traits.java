package io.rke4j.core.cluster;

import io.rke4j.api.cluster.IngressPorts;
import io.rke4j.api.cluster.IngressSpec;
import java.util.List;
import java.util.Map;

/**
 * Where one Kubernetes version's containers differ from another's beyond their images and flags.
 *
 * @param etcdClientPorts ports under which an etcd member announces itself to clients
 * @param apiServer what API servers are told without being asked
 * @param mounts how containers see the folders of their host
 * @param health where components say whether they are well
 * @param criDockerd how kubelets reach Docker
 * @param addons what manifests may say
 */
public record Traits(
    List<Integer> etcdClientPorts,
    ApiServer apiServer,
    Mounts mounts,
    Health health,
    CriDockerdUse criDockerd,
    Addons addons) {

  /** Copies the ports. */
  public Traits {
    etcdClientPorts = List.copyOf(etcdClientPorts);
  }

  /**
   * What API servers are told without being asked.
   *
   * @param auditLog whether they keep an audit log
   * @param auditPolicyChecksum whether their environment names the audit policy's checksum, so that
   *     a changed policy makes a new container
   * @param admissionFile whether they always have a file that configures admission plugins, with
   *     its checksum in their environment
   * @param podSecurity version of the API in which that file sets the pod security standard; empty
   *     if the version knows none
   */
  public record ApiServer(
      boolean auditLog, boolean auditPolicyChecksum, boolean admissionFile, String podSecurity) {}

  /**
   * How containers see the folders of their host.
   *
   * @param relabel whether SELinux labels of folders are changed to let the container in
   * @param selinuxType option that lets a confined container in otherwise; empty for none
   * @param kernelModules options of the mount through which kube-proxy sees the kernel's modules
   */
  public record Mounts(boolean relabel, String selinuxType, String kernelModules) {}

  /**
   * Where components say whether they are well, each as {@code http:10252}.
   *
   * @param controllerManager kube-controller-manager
   * @param scheduler kube-scheduler
   */
  public record Health(String controllerManager, String scheduler) {}

  /**
   * How kubelets reach Docker: by a part of their own, or by the program cri-dockerd, which runs in
   * the kubelet's container.
   *
   * @param use when cri-dockerd is used
   * @param flags what the kubelet is told then
   * @param mounts what its container sees then, in addition
   */
  public record CriDockerdUse(When use, Map<String, String> flags, List<String> mounts) {

    /** When cri-dockerd is used. */
    public enum When {
      /** The kubelet does not know it. */
      NEVER,
      /** The kubelet can do both. */
      IF_WANTED,
      /** The kubelet knows nothing else. */
      ALWAYS
    }

    /** Copies the collections. */
    public CriDockerdUse {
      flags = Map.copyOf(flags);
      mounts = List.copyOf(mounts);
    }
  }

  /**
   * What manifests may say.
   *
   * @param osLabel the label of a node's operating system
   * @param podSecurityPolicies whether the version knows PodSecurityPolicy
   * @param customResources version of the API in which kinds of objects are defined
   * @param ingress how the ingress controller is deployed where the user does not say it
   */
  public record Addons(
      String osLabel, boolean podSecurityPolicies, String customResources, Ingress ingress) {}

  /**
   * How the ingress controller is deployed where the user does not say it.
   *
   * @param mode how it is reached
   * @param backend whether what no rule matches has a server of its own
   */
  public record Ingress(IngressPorts.Mode mode, boolean backend) {

    /**
     * How the controller of a cluster is reached.
     *
     * @throws IllegalArgumentException if ports are wanted that mean nothing to this version
     */
    public IngressPorts ports(IngressSpec spec) {
      IngressPorts wanted = spec.ports();
      return wanted.mode() == IngressPorts.Mode.BY_VERSION
          ? new IngressPorts(mode, wanted.http(), wanted.https())
          : wanted;
    }

    /** Whether the controller of a cluster has a backend. */
    public boolean hasBackend(IngressSpec spec) {
      return switch (spec.backend().use()) {
        case BY_VERSION -> backend;
        case YES -> true;
        case NO -> false;
      };
    }
  }
}
