package io.rke4j.core.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program of Kubernetes that runs in a container of its own, with the name of that container. */
public enum Component {
  /** etcd. */
  ETCD("etcd"),
  /** The API server. */
  KUBE_APISERVER("kube-apiserver"),
  /** The controller manager. */
  KUBE_CONTROLLER_MANAGER("kube-controller-manager"),
  /** The scheduler. */
  KUBE_SCHEDULER("kube-scheduler"),
  /** The node agent. */
  KUBELET("kubelet"),
  /** The service proxy. */
  KUBE_PROXY("kube-proxy");

  private final String container;

  Component(String container) {
    this.container = container;
  }

  /** The container's name on a host. */
  public String container() {
    return container;
  }

  /** The containers' names of what makes a node one of the control plane, as they are to go. */
  public static List<String> ofControlPlane() {
    return Stream.of(KUBE_SCHEDULER, KUBE_CONTROLLER_MANAGER, KUBE_APISERVER)
        .map(Component::container)
        .toList();
  }

  /** The containers' names of all components: a host that has one of them is part of a cluster. */
  public static Set<String> containers() {
    return Arrays.stream(values()).map(Component::container).collect(Collectors.toSet());
  }
}
