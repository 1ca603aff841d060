package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster that is a guest in an etcd of others. */
class ForeignEtcdLabIT {

  private Lab lab;
  private LabCluster guest;
  private ForeignEtcd etcd;
  private String clusterFile;

  @BeforeEach
  void begin() throws IOException {
    lab = Lab.withFreshHosts(2);
    new HostMarks(lab.host(1)).put();
    guest = LabCluster.on(lab);
    etcd = ForeignEtcd.start(lab.host(2), guest.folder());
    clusterFile = etcd.open(Example.text("foreign-etcd.yml"));
  }

  @AfterEach
  void close() {
    guest.close();
  }

  @Test
  void clusterLivesBelowItsPathAndLeavesEtcdToOthers() throws IOException {
    Kubectl kubectl = guest.kubectl(guest.up(clusterFile));
    assertThat(kubectl.ask("get", "nodes", "-o", "name").strip()).isEqualTo("node/only");
    assertThat(etcd.ask("get --prefix --keys-only /clusters/guest/minions"))
        .contains("/clusters/guest/minions/only");
    assertThat(etcd.ask("get --prefix --keys-only /registry")).isBlank();
    assertThat(lab.host(1).containers()).doesNotContainKey("etcd");
    new Secrets(List.of(etcd.lineOfClientKey()))
        .assertAbsent("containers", lab.host(1).shell("docker inspect $(docker ps -aq)"));
    guest.assertUpToDate(clusterFile);

    guest.remove(clusterFile);

    new HostMarks(lab.host(1)).assertAllThatIsThere();
    assertThat(etcd.ask("endpoint health 2>&1")).contains("is healthy");
    guest.recorder().assertWellFormed();
  }
}
