package io.rke4j.core.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What things are called in the management cluster. All names follow from the cluster's, so that
 * nothing is ever made twice.
 *
 * @param cluster the cluster's name
 */
record AccountNames(String cluster) {

  /** The label that everything of one cluster bears. */
  static final String CLUSTER_LABEL = "rke4j.io/cluster";

  static final String PROVISIONER = "rke4j-provisioner";

  private static final int LONGEST = 63;

  /** Where the records of nodes, their settings and the credentials are. */
  String namespace() {
    return shortened("c-" + cluster);
  }

  String defaultProject() {
    return shortened("p-" + cluster + "-default");
  }

  String systemProject() {
    return shortened("p-" + cluster + "-system");
  }

  /** A name without a namespace. */
  String clusterWide(String what) {
    return "c-" + cluster + "-" + what;
  }

  /** A namespace has at most 63 characters, which is what a cluster's name alone may have. */
  private static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
      String mark = "-" + HexFormat.of().formatHex(hash).substring(0, 8);
      return name.substring(0, LONGEST - mark.length()) + mark;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
