package io.rke4j.core.render;

/** Where certificates, keys and kubeconfigs lie on a host, as containers see it. */
final class SslFiles {

  private static final String FOLDER = "/etc/kubernetes/ssl/";

  static final String CA = certificate("kube-ca");

  private SslFiles() {}

  static String certificate(String name) {
    return FOLDER + name + ".pem";
  }

  static String key(String name) {
    return FOLDER + name + "-key.pem";
  }

  static String kubeconfig(String name) {
    return FOLDER + "kubecfg-" + name + ".yaml";
  }
}
