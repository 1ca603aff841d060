package io.rke4j.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.container.Json;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The containers by which RKE does something on its hosts, as it asks the engine for them. */
class RkeHelpersTest {

  private static final String IMAGE = "rancher/rke-tools:v0.1.80";
  private static final String KUBERNETES = "/etc/kubernetes:/etc/kubernetes:z";

  private SimulatedFleet fleet;
  private EngineClient engine;

  @BeforeEach
  void start() throws InterruptedException {
    fleet = SimulatedFleet.of(1);
    engine = EngineClient.of(fleet.host(0));
    engine.post("/v1.24/images/create?fromImage=rancher/rke-tools&tag=v0.1.80", "");
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private FileTree files() {
    return fleet.host(0).files();
  }

  private ObjectNode container(List<String> command, String... binds) {
    ObjectNode request = Json.object().put("Image", IMAGE);
    request.set("Cmd", Json.array(command));
    request.putObject("HostConfig").set("Binds", Json.array(List.of(binds)));
    return request;
  }

  /** Runs a container to its end and says how it ended. */
  private String run(ObjectNode request) throws InterruptedException {
    String created = engine.post("/v1.24/containers/create?name=helper", request.toString()).text();
    assertThat(created).contains("\"Id\":");
    engine.post("/v1.24/containers/helper/start", "");
    String end = engine.post("/v1.24/containers/helper/wait", "").text();
    return end.replaceAll("(?s).*\"StatusCode\":(\\d+).*", "$1");
  }

  private String log(String stream) throws InterruptedException {
    return engine.get("/v1.24/containers/helper/logs?" + stream + "=1").text();
  }

  private void remove() throws InterruptedException {
    assertThat(engine.send("DELETE", "/v1.24/containers/helper?force=1&v=1", "").status())
        .isEqualTo(204);
  }

  @Test
  void certDeployerWritesWhatItsVariablesHold() throws InterruptedException {
    ObjectNode request = container(List.of("cert-deployer"), KUBERNETES);
    request.set(
        "Env",
        Json.array(
            List.of(
                "KUBE_CA=first\n",
                "KUBE_ETCD_127_0_0_1_KEY=secret",
                "KUBECFG_KUBE_NODE=apiVersion: v1\n\n",
                "ETCD_UID=7",
                "ETCD_GID=8")));
    assertThat(run(request)).isEqualTo("0");
    assertThat(files().text("/etc/kubernetes/ssl/kube-ca.pem")).contains("first\n");
    assertThat(files().text("/etc/kubernetes/ssl/kubecfg-kube-node.yaml"))
        .contains("apiVersion: v1\n");
    FileEntry key = files().find("/etc/kubernetes/ssl/kube-etcd-127-0-0-1-key.pem").orElseThrow();
    assertThat(List.of(key.mode(), key.uid(), key.gid())).containsExactly(0600, 7, 8);
    remove();

    request.set("Env", Json.array(List.of("KUBE_CA=second")));
    assertThat(run(request)).isEqualTo("0");
    assertThat(files().text("/etc/kubernetes/ssl/kube-ca.pem")).contains("first\n");
    remove();
    request.set("Env", Json.array(List.of("KUBE_CA=second", "FORCE_DEPLOY=true")));
    assertThat(run(request)).isEqualTo("0");
    assertThat(files().text("/etc/kubernetes/ssl/kube-ca.pem")).contains("second\n");
  }

  @Test
  void fileDeployerMovesAFileToItsPlace() throws InterruptedException {
    ObjectNode request =
        container(
            List.of(
                "sh",
                "-c",
                "f=$(mktemp); echo -e \"$CONTENT\" > $f && mv $f /etc/kubernetes/audit.yaml"
                    + " && chmod 600 /etc/kubernetes/audit.yaml"),
            KUBERNETES);
    request.set("Env", Json.array(List.of("CONTENT=kind: Policy\\nrules: []")));
    assertThat(run(request)).isEqualTo("0");
    assertThat(files().text("/etc/kubernetes/audit.yaml")).contains("kind: Policy\nrules: []\n");
    assertThat(files().find("/etc/kubernetes/audit.yaml").orElseThrow().mode()).isEqualTo(0600);
    remove();
    assertThat(run(container(List.of("sh", "-c", "rm -f /etc/kubernetes/audit.yaml"), KUBERNETES)))
        .isEqualTo("0");
    assertThat(files().exists("/etc/kubernetes/audit.yaml")).isFalse();
  }

  @Test
  void portCheckerNamesThePortsThatNobodyAnswersAt() throws Exception {
    fleet.host(0).docker().machine().listen(2379, connection -> {});
    ObjectNode request =
        container(
            List.of(
                "sh",
                "-c",
                "for h in $HOSTS; do for p in $PORTS; do echo \"trying ${h} ${p}\" >&1 &"
                    + " nc -w 5 -z $h $p > /dev/null || echo \"${h}:${p}\" >&2 & done; wait;"
                    + " done"));
    String address = fleet.host(0).address();
    request.set("Env", Json.array(List.of("HOSTS=" + address, "PORTS=2379 2380")));
    ((ObjectNode) request.path("HostConfig")).put("NetworkMode", "host");
    assertThat(run(request)).isEqualTo("0");
    assertThat(log("stdout")).contains("trying " + address + " 2379", "2380");
    assertThat(log("stderr")).contains(address + ":2380").doesNotContain(":2379");
  }

  @Test
  void linksToLogsAreMadeAndThoseThatLeadNowhereGo() throws InterruptedException {
    assertThat(run(container(List.of("true")))).isEqualTo("0");
    String id = fleet.host(0).docker().containers().require("helper").id();
    String log = "/var/lib/docker/containers/" + id + "/" + id + "-json.log";
    engine.post("/v1.24/containers/helper/rename?name=etcd", "");
    String link = "/var/lib/rancher/rke/log/etcd_" + id + ".log";
    String making = "mkdir -p /var/lib/rancher/rke/log ; ln -s " + log + " " + link;
    assertThat(run(container(List.of("sh", "-c", making), "/var/lib:/var/lib"))).isEqualTo("0");
    remove();
    assertThat(run(container(List.of("sh", "-c", making), "/var/lib:/var/lib"))).isEqualTo("1");
    remove();

    String cleaning = "find /var/lib/rancher/rke/log -type l ! -exec test -e {} \\; -print -delete";
    ObjectNode cleaner = container(List.of("sh", "-c", cleaning), "/var/lib:/var/lib");
    assertThat(run(cleaner)).isEqualTo("0");
    assertThat(files().text(link)).isEmpty();
    assertThat(files().exists(link)).isTrue();
    remove();
    engine.send("DELETE", "/v1.24/containers/etcd", "");
    assertThat(run(cleaner)).isEqualTo("0");
    assertThat(log("stdout")).contains(link);
    assertThat(files().exists(link)).isFalse();
  }

  @Test
  void theCleanerEmptiesFoldersAndAShellWithoutInputEnds() throws InterruptedException {
    files().put("/var/lib/etcd/member/snap/db", FileEntry.file(0600, "data"));
    files().put("/etc/kubernetes/ssl/kube-ca.pem", FileEntry.file(0600, "ca"));
    assertThat(
            run(
                container(
                    List.of("sh", "-c", "find /etc/kubernetes /var/lib/etcd -mindepth 1 -delete"),
                    KUBERNETES,
                    "/var/lib/etcd:/var/lib/etcd:z")))
        .isEqualTo("0");
    assertThat(files().below("/var/lib/etcd")).isEmpty();
    assertThat(files().below("/etc/kubernetes")).isEmpty();
    remove();
    assertThat(run(container(List.of()))).isEqualTo("0");
    remove();
    files().put("/var/lib/etcd", FileEntry.folder(0755));
    ObjectNode fixing =
        container(
            List.of("sh", "-c", "chmod 700 /data/ ; chown -R 7:8 /data/"),
            "/var/lib/etcd:/data/:z");
    assertThat(run(fixing)).isEqualTo("0");
    FileEntry folder = files().find("/var/lib/etcd").orElseThrow();
    assertThat(List.of(folder.mode(), folder.uid(), folder.gid())).containsExactly(0700, 7, 8);
  }
}
