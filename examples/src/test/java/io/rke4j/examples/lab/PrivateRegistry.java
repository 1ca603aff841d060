package io.rke4j.examples.lab;

import java.util.Properties;

/**
 * A registry of the lab that wants a login.
 *
 * @param url how the names of its images begin
 * @param user who may pull
 * @param password protects nothing: it is the lab's
 */
record PrivateRegistry(String url, String user, String password) {

  /** From lines of the form {@code key=value}. */
  static PrivateRegistry of(Properties said) {
    return new PrivateRegistry(
        said.getProperty("url"), said.getProperty("user"), said.getProperty("password"));
  }

  /** With the registry in place of {@code ${registry}}, {@code ${user}} and {@code ${password}}. */
  String fill(String clusterFile) {
    return clusterFile
        .replace("${registry}", url)
        .replace("${user}", user)
        .replace("${password}", password);
  }
}
