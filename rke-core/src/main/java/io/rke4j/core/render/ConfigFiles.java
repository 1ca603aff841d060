package io.rke4j.core.render;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.TokenWebhook;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.WebhookFile;
import io.rke4j.spi.runtime.HostFile;
import java.util.ArrayList;
import java.util.List;

/** The files that containers read on their host, beside certificates, keys and kubeconfigs. */
public final class ConfigFiles {

  private static final int OWNER_ONLY = 0600;

  private ConfigFiles() {}

  /** The files of one node; the same input gives the same files. */
  public static List<HostFile> of(Resolved cluster, ClusterNode node) {
    List<HostFile> files = new ArrayList<>();
    Cloud.of(cluster).file().ifPresent(files::add);
    SnapshotKeys.file(cluster, node).ifPresent(files::add);
    if (node.has(Role.CONTROL_PLANE)) {
      AuditLog.of(cluster)
          .flatMap(AuditLog::policy)
          .ifPresent(text -> files.add(file(AuditLog.POLICY_PATH, text)));
      if (cluster.spec().access().tokenWebhook() instanceof TokenWebhook.On webhook) {
        files.add(file(KubeApiServer.WEBHOOK_PATH, WebhookFile.of(webhook.kubeconfig())));
      }
      Admission.of(cluster).file().ifPresent(text -> files.add(file(Admission.PATH, text)));
    }
    return List.copyOf(files);
  }

  private static HostFile file(String path, String text) {
    return file(path, Secret.of(text));
  }

  /** A file that only the owner of the host reads. */
  public static HostFile file(String path, Secret text) {
    // RKE writes files with echo, which ends them with one more newline: the file of a cluster that
    // RKE built is to be found up to date.
    return HostFile.file(path, OWNER_ONLY, Secret.of(text.reveal() + "\n"));
  }
}
