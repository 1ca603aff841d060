package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two pods, {@code near} on node {@code mixed} and {@code far} on node {@code worker}, with a
 * service before the latter.
 */
record PodPair(Kubectl kubectl, List<LabHost> hosts) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  PodPair {
    hosts = List.copyOf(hosts);
  }

  /** Has both run. */
  void start(String manifest) {
    kubectl.apply(manifest);
    kubectl.ask("wait", "--for=condition=Ready", "pod/near", "pod/far", "--timeout=90s");
  }

  /**
   * The cluster's own names are resolved. The Job of the DNS addon is over when its pods are asked
   * for, so they may come up later than these two.
   */
  void awaitName(String name, String address) {
    Eventually.within(
        PATIENCE,
        () ->
            assertThat(
                    kubectl.command("exec", "near", "--", "getent", "hosts", name).run().output())
                .contains(address),
        () -> kubectl.stateOf("k8s-app=kube-dns") + network(hosts));
  }

  /** That is the far pod's address. */
  void assertAnswers(String address) {
    assertThat(kubectl.inPod("near", "wget", "-q", "-T", "5", "-O", "-", address).strip())
        .isEqualTo("hello from far");
  }

  void delete() {
    kubectl.ask("delete", "--wait=false", "pod/near", "pod/far", "service/far");
  }

  /** How the hosts send on what pods send, for the message of a test. */
  static String network(List<LabHost> hosts) {
    String script =
        "ip route; bridge fdb show dev flannel.1; ip neigh show dev flannel.1;"
            + " iptables -t nat -S KUBE-SERVICES;"
            + " for one in kube-proxy $(docker ps -q -f name=k8s_kube-flannel_); do"
            + " docker logs --tail 15 $one; done 2>&1";
    return hosts.stream()
        .map(host -> host + ":\n" + host.command(script).run().output())
        .collect(Collectors.joining("\n"));
  }
}
