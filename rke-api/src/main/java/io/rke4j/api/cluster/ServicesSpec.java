package io.rke4j.api.cluster;

/**
 * The components of Kubernetes, each with what the user adds to it.
 *
 * @param etcd etcd
 * @param kubeApi kube-apiserver
 * @param controllerManager kube-controller-manager
 * @param scheduler kube-scheduler
 * @param kubelet kubelet
 * @param kubeProxy kube-proxy
 */
public record ServicesSpec(
    EtcdSpec etcd,
    KubeApiSpec kubeApi,
    ServiceOptions controllerManager,
    ServiceOptions scheduler,
    KubeletSpec kubelet,
    ServiceOptions kubeProxy) {}
