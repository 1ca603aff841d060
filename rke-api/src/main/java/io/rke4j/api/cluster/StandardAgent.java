package io.rke4j.api.cluster;

/** The agents that Rancher 2.4 puts into a cluster, with the images of 2.4.4. */
public enum StandardAgent {
  /** Speaks for the cluster. */
  CLUSTER_AGENT("rke-cluster-agent", "rancher/rancher-agent:v2.4.4"),
  /** Speaks for each node. */
  NODE_AGENT("rke-node-agent", "rancher/rancher-agent:v2.4.4"),
  /** Answers the API server's question whose a token is, on every control plane node. */
  AUTH_ENDPOINT("rke-kube-api-auth", "rancher/kube-api-auth:v0.1.4");

  private final String addon;
  private final String image;

  StandardAgent(String addon, String image) {
    this.addon = addon;
    this.image = image;
  }

  /** The name under which its manifest is deployed. */
  public String addon() {
    return addon;
  }

  /** The image if the user names none. */
  public ImageRef image() {
    return new ImageRef(image);
  }

  /** Whether it logs in to the server. */
  public boolean registers() {
    return this != AUTH_ENDPOINT;
  }
}
