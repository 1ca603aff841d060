package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.WantedObjects.Wanted;
import java.util.List;
import java.util.Map;

/** RKE's default PodSecurityPolicy, which allows everything, and who may use it. */
final class PodSecurityObjects {

  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String POLICY = "default-psp";
  private static final String ROLE = "default-psp-role";

  private PodSecurityObjects() {}

  static Wanted policy() {
    ObjectNode policy = KubeJson.object("policy/v1beta1", "PodSecurityPolicy", "", POLICY);
    policy
        .withObject("/metadata/annotations")
        .put("seccomp.security.alpha.kubernetes.io/allowedProfileNames", "*");
    ObjectNode spec = policy.putObject("spec");
    for (String allowed :
        List.of("privileged", "allowPrivilegeEscalation", "hostNetwork", "hostIPC", "hostPID")) {
      spec.put(allowed, true);
    }
    spec.putArray("allowedCapabilities").add("*");
    spec.putArray("volumes").add("*");
    spec.putArray("hostPorts").addObject().put("min", 0).put("max", 65_535);
    for (String who : List.of("runAsUser", "seLinux", "supplementalGroups", "fsGroup")) {
      spec.putObject(who).put("rule", "RunAsAny");
    }
    return new Wanted("/apis/policy/v1beta1/podsecuritypolicies", policy);
  }

  /** The right to use it, for everybody who makes pods in a namespace. */
  static List<Wanted> grant(String namespace) {
    ObjectNode role = KubeJson.object(GROUP + "/v1", "Role", namespace, ROLE);
    role.putArray("rules")
        .add(
            KubeJson.tree(
                Map.of(
                    "apiGroups",
                    List.of("extensions"),
                    "resources",
                    List.of("podsecuritypolicies"),
                    "verbs",
                    List.of("use"),
                    "resourceNames",
                    List.of(POLICY))));
    ObjectNode binding =
        KubeJson.object(GROUP + "/v1", "RoleBinding", namespace, "default-psp-rolebinding");
    binding.putObject("roleRef").put("apiGroup", GROUP).put("kind", "Role").put("name", ROLE);
    for (String group : List.of("system:serviceaccounts", "system:authenticated")) {
      binding
          .withArray("/subjects")
          .add(KubeJson.tree(Map.of("kind", "Group", "name", group, "apiGroup", GROUP)));
    }
    String collection = "/apis/" + GROUP + "/v1/namespaces/" + namespace;
    return List.of(
        new Wanted(collection + "/roles", role), new Wanted(collection + "/rolebindings", binding));
  }
}
