package io.rke4j.api.cluster;

/** Which wishes go with which Kubernetes versions. */
final class VersionChecks {

  /** The first one whose kubelet can use cri-dockerd as RKE runs it. */
  static final int CRI_DOCKERD = 21;

  /** The first one whose kubelet cannot use Docker by itself. */
  static final int NO_DOCKER = 24;

  /** The first one that has IPv6 beside IPv4 without being asked by feature gates. */
  private static final int DUAL_STACK = 21;

  private static final int NO_WEAVE = 30;
  private static final int POD_SECURITY_STANDARDS = 23;
  private static final int NO_POD_SECURITY_POLICIES = 25;

  private final KubernetesVersion version;
  private final Problems problems;

  VersionChecks(KubernetesVersion version, Problems problems) {
    this.version = version;
    this.problems = problems;
  }

  void admission(AdmissionSpec admission, AuthorizationMode authorization) {
    boolean roles = authorization == AuthorizationMode.RBAC;
    if (admission.podSecurityPolicy()) {
      String path = "services.kube-api.pod_security_policy";
      needsRoles(path, roles);
      if (version.minor() >= NO_POD_SECURITY_POLICIES) {
        problems.add(
            path,
            "is unknown to Kubernetes 1.25 and newer",
            "leave it out; pod_security_configuration: restricted comes close");
      }
    }
    if (admission.podSecurity() != PodSecurity.BY_VERSION) {
      String path = "services.kube-api.pod_security_configuration";
      needsRoles(path, roles);
      if (version.minor() < POD_SECURITY_STANDARDS) {
        problems.add(path, "is unknown to Kubernetes older than 1.23", "leave it out");
      }
    }
  }

  private void needsRoles(String path, boolean roles) {
    if (!roles) {
      problems.add(path, "needs roles, which authorization.mode switches off", "use rbac");
    }
  }

  void network(NetworkSpec network) {
    if (network.plugin() == NetworkPlugin.WEAVE && version.minor() >= NO_WEAVE) {
      problems.add(
          "network.plugin",
          "'weave' is not there for Kubernetes 1.30 and newer, as in RKE",
          "use canal, calico or flannel");
    }
    if (network.isDual() && version.minor() < DUAL_STACK) {
      problems.add(
          "kubernetes_version",
          version + " has no IPv6 beside IPv4, which needs Kubernetes 1.21 or newer",
          "use a newer version, or give ranges of IPv4 only");
    }
  }

  void criDockerd(CriDockerd criDockerd) {
    String path = "enable_cri_dockerd";
    if (criDockerd.use() == CriDockerd.Use.YES && version.minor() < CRI_DOCKERD) {
      problems.add(path, "needs Kubernetes 1.21 or newer", "leave it out");
    }
    if (criDockerd.use() == CriDockerd.Use.NO && version.minor() >= NO_DOCKER) {
      problems.add(
          path, "cannot be switched off: kubelets from 1.24 on need it to use Docker", "use true");
    }
    if (!criDockerd.isUsed(version)) {
      String why = "has no effect, since cri-dockerd is not used";
      String hint = "leave it out, or set enable_cri_dockerd";
      if (!criDockerd.streamAddress().isEmpty()) {
        problems.add("cri_dockerd_stream_server_address", why, hint);
      }
      if (criDockerd.streamPort() != 0) {
        problems.add("cri_dockerd_stream_server_port", why, hint);
      }
    }
  }
}
