package io.rke4j.core.check;

import io.rke4j.api.cluster.IngressPorts;
import io.rke4j.api.cluster.IngressPorts.Mode;
import io.rke4j.api.cluster.IngressSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.render.Health;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The ports of a host that must be free before the cluster comes, and what each is for. */
final class NeededPorts {

  private final Subject host;
  private final Map<Integer, String> ports = new LinkedHashMap<>();

  private NeededPorts(Subject host) {
    this.host = host;
  }

  static Map<Integer, String> of(Subject host) {
    NeededPorts needed = new NeededPorts(host);
    needed.ofComponents();
    IngressSpec ingress = host.cluster().spec().addons().ingress();
    if (host.is(Role.WORKER) && ingress.enabled()) {
      needed.of(ingress);
    }
    return needed.ports;
  }

  private void ofComponents() {
    if (host.is(Role.ETCD)) {
      ports.put(2379, "etcd clients");
      ports.put(2380, "etcd peers");
    }
    if (host.is(Role.CONTROL_PLANE)) {
      ports.put(6443, "kube-apiserver");
      controller(Component.KUBE_CONTROLLER_MANAGER, 10257);
      controller(Component.KUBE_SCHEDULER, 10259);
    } else {
      ports.put(6443, "nginx-proxy");
    }
    ports.put(10250, "kubelet");
    ports.put(10256, "kube-proxy");
  }

  /** Versions that say on another port whether they are well listen on both. */
  private void controller(Component component, int secure) {
    ports.put(secure, component.container());
    ports.put(Health.of(component, host.cluster(), host.node()).port(), component.container());
  }

  private void of(IngressSpec ingress) {
    IngressPorts reached = host.cluster().release().traits().addons().ingress().ports(ingress);
    if (reached.mode() == Mode.HOST_PORT) {
      ports.put(reached.http(), "ingress");
      ports.put(reached.https(), "ingress");
    } else if (reached.mode() == Mode.HOST_NETWORK) {
      ports.put(listening(ingress, "http-port").orElse(80), "ingress");
      ports.put(listening(ingress, "https-port").orElse(443), "ingress");
    }
  }

  /** Where the user has the controller itself listen. */
  private static Optional<Integer> listening(IngressSpec ingress, String flag) {
    return Optional.ofNullable(ingress.controller().extraArgs().get(flag))
        .filter(port -> port.matches("\\d{1,5}"))
        .map(Integer::valueOf);
  }
}
