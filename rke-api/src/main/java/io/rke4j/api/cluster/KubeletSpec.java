package io.rke4j.api.cluster;

/**
 * The kubelet of every node.
 *
 * @param options what the user adds
 * @param failSwapOn whether a kubelet refuses to start on a host with swap
 */
public record KubeletSpec(ServiceOptions options, boolean failSwapOn) {}
