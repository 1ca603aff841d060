package io.rke4j.core.manifest;

import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.PodsSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ImageVersion;
import io.rke4j.core.cluster.Resolved;
import java.util.ArrayList;
import java.util.List;

/**
 * Weave Net: pods find each other by its own routers, encrypted if there is a password, and obey
 * network policies. The password is in a Secret that the routers read as a file: RKE writes it into
 * the manifest, and from there it would stand in every router's environment.
 */
final class Weave {

  /** From here on, files are installed by a container that ends, and not by the router. */
  private static final String WITH_INIT = "2.8.0";

  private static final String PASSWORD_FOLDER = "/run/weave-password";

  private static final String PASSWORD_COMMAND =
      "[/bin/sh, -c, 'WEAVE_PASSWORD=\"$(cat "
          + PASSWORD_FOLDER
          + "/password)\" && export WEAVE_PASSWORD && exec /home/weave/launch.sh']";

  private static final String INSTALLER_MOUNTS =
      """
      - name: cni-bin
        mountPath: /host/opt
      - name: cni-bin2
        mountPath: /host/home
      - name: cni-conf
        mountPath: /host/etc
      - name: lib-modules
        mountPath: /lib/modules
      """;

  private static final String INIT =
      """
      initContainers:
        - name: weave-init
          image: %s
          command: [/home/weave/init.sh]
          securityContext:
            privileged: true
          volumeMounts:
            - name: xtables-lock
              mountPath: /run/xtables.lock
      """;

  private Weave() {}

  static String manifest(Resolved cluster) {
    boolean init = ImageVersion.isAtLeast(cluster.image(SystemImage.WEAVE_NODE), WITH_INIT);
    NetworkSpec network = cluster.spec().network();
    PodsSpec pods = network.deployment().pods();
    boolean roles = cluster.spec().access().authorization() == AuthorizationMode.RBAC;
    return Template.file("weave.yaml")
        .with("roles", roles ? Template.file("weave-roles.yaml").fill() : "")
        .with("pace", init ? "minReadySeconds: 5" : "")
        .with("hostPid", !init)
        .with("dns", init ? "dnsPolicy: ClusterFirstWithHostNet" : "")
        .with("init", init ? installer(cluster) : "")
        .with("cpu", init ? "50m" : "10m")
        .with("command", network.hasPassword() ? PASSWORD_COMMAND : "[/home/weave/launch.sh]")
        .with("env", env(network, init))
        .with("mounts", mounts(network, init))
        .with("volumes", volumes(network, init))
        .with("podCidr", network.podCidr())
        .with("osLabel", cluster.release().traits().addons().osLabel())
        .with("nodeSelector", YamlLines.block("nodeSelector", YamlLines.map(pods.nodeSelector())))
        .with("update", PodLines.update(pods.update()))
        .with("priorityClass", PodLines.priorityClass(pods.priorityClass()))
        .with("image", cluster.image(SystemImage.WEAVE_NODE))
        .with("policyImage", cluster.image(SystemImage.WEAVE_CNI))
        .with("toolsImage", cluster.image(SystemImage.ALPINE))
        .fill();
  }

  private static String installer(Resolved cluster) {
    return INIT.formatted(cluster.image(SystemImage.WEAVE_NODE)) + INSTALLER_MOUNTS.indent(6);
  }

  private static String env(NetworkSpec network, boolean init) {
    List<String> lines = new ArrayList<>();
    if (init) {
      lines.add("- {name: INIT_CONTAINER, value: \"true\"}");
    }
    if (network.deployment().mtu() != 0) {
      lines.add("- {name: WEAVE_MTU, value: \"" + network.deployment().mtu() + "\"}");
    }
    return String.join("\n", lines);
  }

  private static String mounts(NetworkSpec network, boolean init) {
    String machine = "- {name: machine-id, mountPath: /host/etc/machine-id, readOnly: true}\n";
    String password = "- {name: password, mountPath: " + PASSWORD_FOLDER + ", readOnly: true}\n";
    return (init ? machine : INSTALLER_MOUNTS) + (network.hasPassword() ? password : "");
  }

  private static String volumes(NetworkSpec network, boolean init) {
    String machine = "- {name: machine-id, hostPath: {path: /etc/machine-id}}\n";
    String password =
        "- {name: password, secret: {secretName: "
            + NetworkPlugins.PASSWORD_SECRET
            + ", defaultMode: 0400}}\n";
    return (init ? machine : "") + (network.hasPassword() ? password : "");
  }
}
