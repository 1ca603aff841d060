package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.FileEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * RKE's {@code cert-deployer}: writes the certificates, keys and kubeconfigs that it finds in its
 * variables to the folder of the host that is mounted.
 */
final class CertDeployer extends Program {

  private static final String FOLDER = "/etc/kubernetes/ssl";
  private static final String KUBECONFIG = "KUBECFG_";

  static boolean isMeant(ContainerProcess process) {
    List<String> words = process.settings().arguments();
    return !words.isEmpty() && words.get(0).equals("cert-deployer");
  }

  @Override
  public void start(ContainerProcess process) {
    process.execute(
        () -> {
          deploy(process);
          process.exit(0);
        });
  }

  private static void deploy(ContainerProcess process) {
    Map<String, String> env = process.settings().env();
    String folder = env.getOrDefault("CRTS_DEPLOY_PATH", FOLDER);
    boolean force = env.getOrDefault("FORCE_DEPLOY", "").equals("true");
    process.files().put(folder, FileEntry.folder(0755));
    env.forEach(
        (name, text) -> {
          String file = folder + "/" + name.toLowerCase(Locale.ROOT).replace('_', '-');
          if (name.startsWith(KUBECONFIG)) {
            write(process, file + ".yaml", text, false);
          } else if (name.startsWith("KUBE_")) {
            write(process, file + ".pem", text, force);
            if (env.containsKey("ETCD_UID") && file.contains("kube-etcd")) {
              own(process, file + ".pem", env);
            }
          }
        });
  }

  private static void write(ContainerProcess process, String path, String text, boolean force) {
    if (force || process.files().find(path).isEmpty()) {
      process.files().put(path, FileEntry.file(0600, text.stripTrailing() + "\n"));
    }
  }

  private static void own(ContainerProcess process, String path, Map<String, String> env) {
    int uid = Integer.parseInt(env.get("ETCD_UID"));
    int gid = Integer.parseInt(env.getOrDefault("ETCD_GID", env.get("ETCD_UID")));
    process.files().find(path).ifPresent(it -> process.files().put(path, it.ownedBy(uid, gid)));
  }
}
