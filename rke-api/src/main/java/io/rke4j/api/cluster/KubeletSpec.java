package io.rke4j.api.cluster;

/**
 * The kubelet of every node.
 *
 * @param options what the user adds
 * @param failSwapOn whether a kubelet refuses to start on a host with swap
 * @param servingCertificate whether each kubelet gets a certificate that the API server checks; if
 *     not, kubelets sign their own, and nobody checks them
 */
public record KubeletSpec(ServiceOptions options, boolean failSwapOn, boolean servingCertificate) {}
