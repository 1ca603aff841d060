package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody else has put on a host, and must still be there when a cluster is gone. */
record HostMarks(LabHost host) {

  private static final String RULE = "INPUT -s 192.0.2.1/32 -p tcp -m tcp --dport 9 -j ACCEPT";

  void put() {
    host.shell("docker run --detach --name somebody-else --network none rke4j/lab-shell:1");
    host.shell("iptables -A " + RULE);
    host.shell("echo kept >/etc/somebody-else && echo kept >/opt/somebody-else");
  }

  /** Nothing of a cluster is there, and all that was there before. */
  void assertAllThatIsThere() {
    assertThat(host.containers()).as("containers on %s", host).containsOnlyKeys("somebody-else");
    assertThat(host.shell("docker inspect --format '{{.State.Running}}' somebody-else").strip())
        .isEqualTo("true");
    assertThat(host.lines("iptables-save"))
        .as("firewall rules on %s", host)
        .contains("-A " + RULE)
        .noneMatch(rule -> rule.matches(".*(KUBE-|CNI-|FLANNEL|cali).*"));
    assertThat(host.lines("cat /etc/somebody-else /opt/somebody-else")).containsOnly("kept");
    assertThat(
            host.lines(
                "ls -d /etc/kubernetes /var/lib/etcd /var/lib/kubelet /etc/cni /opt/cni"
                    + " /var/lib/cni /var/lib/cri-dockerd /opt/rke /run/flannel /var/log/containers /var/log/pods"
                    + " 2>/dev/null || true"))
        .as("folders on %s", host)
        .isEmpty();
    assertThat(host.lines("grep /var/lib/kubelet /proc/mounts || true")).isEmpty();
    assertThat(host.shell("ip -o link")).doesNotContain("cni0", "flannel", "veth");
  }
}
