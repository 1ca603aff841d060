package io.rke4j.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.TestClient.Reply;
import io.rke4j.testkit.kube.store.KubeStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedKubeApiTest {

  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final TestAuthority.Certified ADMIN =
      AUTHORITY.client("kube-admin", "system:masters");
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private final KubeStore store = KubeStore.of("v1.20.15");
  private final SimulatedKubeApi api = start();
  private final TestClient admin = client(Optional.of(ADMIN));

  private SimulatedKubeApi start() {
    return SimulatedKubeApi.start(loopback(0), AUTHORITY.serving(), store);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private TestClient client(Optional<TestAuthority.Certified> certificate) {
    return new TestClient(api.address(), AUTHORITY, certificate);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String map(String name, String value) {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "%s", "labels": {"app": "%s"}}, "data": {"key": "%s"}}
    """
        .formatted(name, name, value);
  }

  private static List<String> names(Reply list) {
    return StreamSupport.stream(list.json().path("items").spliterator(), false)
        .map(item -> item.at("/metadata/name").asText())
        .toList();
  }

  @Test
  void requestWithoutCertificateIsUnauthorized() {
    Reply reply = client(Optional.empty()).get("/readyz");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.text("/message")).isEqualTo("Unauthorized");
    assertThat(reply.text("/kind")).isEqualTo("Status");
  }

  @Test
  void certificateOfAnotherAuthorityIsUnauthorized() {
    TestAuthority.Certified stranger = new TestAuthority().client("kube-admin", "system:masters");

    assertThat(client(Optional.of(stranger)).get("/version").status()).isEqualTo(401);
  }

  @Test
  void userWithoutRoleIsForbiddenInTheWordsOfTheServer() {
    TestClient bob = client(Optional.of(AUTHORITY.client("bob", "people")));

    Reply reply = bob.get("/api/v1/namespaces/default/pods");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("/message"))
        .isEqualTo(
            "pods is forbidden: User \"bob\" cannot list resource \"pods\" in API group \"\" in"
                + " the namespace \"default\"");
    assertThat(bob.get("/version").status()).isEqualTo(200);
  }

  @Test
  void roleLetsAUserIn() {
    TestClient bob = client(Optional.of(AUTHORITY.client("bob", "people")));
    admin.post(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
        """
        {"metadata": {"name": "reader"},
         "rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["list"]}]}
        """);
    admin.post(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
        """
        {"metadata": {"name": "people"}, "roleRef": {"kind": "Role", "name": "reader"},
         "subjects": [{"kind": "Group", "name": "people"}]}
        """);

    assertThat(bob.get(MAPS).status()).isEqualTo(200);
    assertThat(bob.get(MAPS + "/a").status()).isEqualTo(403);
    assertThat(bob.get("/api/v1/configmaps").status()).isEqualTo(403);
  }

  @Test
  void serverSaysItsVersionAndThatItIsReady() {
    assertThat(admin.get("/version").text("/gitVersion")).isEqualTo("v1.20.15");
    assertThat(admin.get("/readyz").body()).isEqualTo("ok");
    assertThat(admin.get("/nowhere").status()).isEqualTo(404);
  }

  @Test
  void objectIsCreatedReadAndDeleted() {
    Reply created = admin.post(MAPS, map("a", "1"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("/metadata/uid")).isNotEmpty();
    assertThat(created.text("/metadata/creationTimestamp")).endsWith("Z");
    assertThat(admin.get(MAPS + "/a").json()).isEqualTo(created.json());
    assertThat(admin.delete(MAPS + "/a").text("/status")).isEqualTo("Success");

    Reply gone = admin.get(MAPS + "/a");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text("/message")).isEqualTo("configmaps \"a\" not found");
    assertThat(gone.text("/details/kind")).isEqualTo("configmaps");
  }

  @Test
  void sameNameTwiceAndNamespaceThatIsNotThereAreRefused() {
    admin.post(MAPS, map("a", "1"));

    assertThat(admin.post(MAPS, map("a", "2")).text("/reason")).isEqualTo("AlreadyExists");
    assertThat(admin.post("/api/v1/namespaces/none/configmaps", map("a", "1")).text("/message"))
        .isEqualTo("namespaces \"none\" not found");
  }

  @ParameterizedTest
  @CsvSource({"1048575, 201", "1048576, 201", "1048577, 422"})
  void aSecretHasAMebibyteAtMost(int bytes, int status) {
    String value = Base64.getEncoder().encodeToString(new byte[bytes]);
    Reply answer =
        admin.post(
            "/api/v1/namespaces/default/secrets",
            "{\"metadata\": {\"name\": \"large\"}, \"data\": {\"key\": \"" + value + "\"}}");
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void generatedNamesDiffer() {
    String object = "{\"metadata\": {\"generateName\": \"one-\"}}";

    String first = admin.post(MAPS, object).text("/metadata/name");
    String second = admin.post(MAPS, object).text("/metadata/name");

    assertThat(first).matches("one-[a-z0-9]{5}").isNotEqualTo(second);
  }

  @Test
  void updateOfAnOldVersionIsAConflict() {
    String old = admin.post(MAPS, map("a", "1")).body();
    String changed = old.replace("\"1\"", "\"2\"");

    assertThat(admin.put(MAPS + "/a", changed).status()).isEqualTo(200);
    Reply conflict = admin.put(MAPS + "/a", changed);

    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.text("/reason")).isEqualTo("Conflict");
    assertThat(conflict.text("/message")).startsWith("Operation cannot be fulfilled on");
  }

  @Test
  void updateThatChangesNothingMakesNoNewVersion() {
    String object = admin.post(MAPS, map("a", "1")).body();

    assertThat(admin.put(MAPS + "/a", object).text("/metadata/resourceVersion"))
        .isEqualTo(admin.get(MAPS + "/a").text("/metadata/resourceVersion"));
    assertThat(admin.put(MAPS + "/a", object).status()).isEqualTo(200);
  }

  @Test
  void mergePatchReplacesAndTakesAway() {
    admin.post(MAPS, map("a", "1"));

    Reply patched =
        admin.patch(
            MAPS + "/a",
            "merge-patch+json",
            "{\"metadata\": {\"labels\": {\"app\": null, \"new\": \"x\"}}}");

    assertThat(patched.json().at("/metadata/labels").toString()).isEqualTo("{\"new\":\"x\"}");
    assertThat(patched.text("/data/key")).isEqualTo("1");
  }

  @Test
  void listsAreChosenByLabelsAndFieldsAndComeInPages() {
    List.of("a", "b", "c").forEach(name -> admin.post(MAPS, map(name, "1")));

    assertThat(names(admin.get(MAPS + "?labelSelector=app%20in%20(a,c)")))
        .containsExactly("a", "c");
    assertThat(names(admin.get(MAPS + "?labelSelector=app%21%3Da"))).containsExactly("b", "c");
    assertThat(names(admin.get(MAPS + "?fieldSelector=metadata.name%3Db"))).containsExactly("b");
    Reply page = admin.get(MAPS + "?limit=2");
    assertThat(names(page)).containsExactly("a", "b");
    Reply rest = admin.get(MAPS + "?limit=2&continue=" + page.text("/metadata/continue"));
    assertThat(names(rest)).containsExactly("c");
    assertThat(rest.json().at("/metadata/continue").isMissingNode()).isTrue();
    assertThat(admin.get(MAPS + "?fieldSelector=data.key%3D1").status()).isEqualTo(400);
  }

  @Test
  void watchTellsWhatWasThereAndWhatChanges() {
    admin.post(MAPS, map("a", "1"));
    Iterator<JsonNode> events = admin.watch(MAPS + "?watch=true").iterator();

    assertThat(told(events.next())).isEqualTo("ADDED a 1");
    admin.patch(MAPS + "/a", "merge-patch+json", "{\"data\": {\"key\": \"2\"}}");
    assertThat(told(events.next())).isEqualTo("MODIFIED a 2");
    admin.delete(MAPS + "/a");
    assertThat(told(events.next())).isEqualTo("DELETED a 2");
  }

  @Test
  void watchGoesOnFromAVersionAndSeesOnlyWhatItChose() {
    String version = admin.get(MAPS).text("/metadata/resourceVersion");
    admin.post(MAPS, map("a", "1"));
    admin.post(MAPS, map("b", "1"));

    Iterator<JsonNode> events =
        admin.watch(MAPS + "?watch=1&labelSelector=app%3Db&resourceVersion=" + version).iterator();

    assertThat(told(events.next())).isEqualTo("ADDED b 1");
    admin.patch(MAPS + "/b", "merge-patch+json", "{\"metadata\": {\"labels\": null}}");
    assertThat(told(events.next())).isEqualTo("DELETED b 1");
  }

  @Test
  void watchEndsAfterItsTimeWithABookmark() {
    List<JsonNode> events =
        admin.watch(MAPS + "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true").toList();

    assertThat(events).hasSize(1);
    assertThat(events.get(0).path("type").asText()).isEqualTo("BOOKMARK");
    assertThat(events.get(0).at("/object/metadata/resourceVersion").asText())
        .isEqualTo(Long.toString(store.revision()));
  }

  @Test
  void watchFromAForgottenVersionIsGone() {
    String version = admin.get(MAPS).text("/metadata/resourceVersion");
    admin.post(MAPS, map("a", "1"));
    store.compact();

    List<JsonNode> events = admin.watch(MAPS + "?watch=1&resourceVersion=" + version).toList();

    assertThat(events).hasSize(1);
    assertThat(events.get(0).path("type").asText()).isEqualTo("ERROR");
    assertThat(events.get(0).at("/object/code").asInt()).isEqualTo(410);
  }

  private static String told(JsonNode event) {
    return event.path("type").asText()
        + " "
        + event.at("/object/metadata/name").asText()
        + " "
        + event.at("/object/data/key").asText();
  }

  @Test
  void severalServersServeOneStore() {
    try (SimulatedKubeApi other = start()) {
      admin.post(MAPS, map("a", "1"));
      TestClient second = new TestClient(other.address(), AUTHORITY, Optional.of(ADMIN));

      assertThat(second.get(MAPS + "/a").text("/data/key")).isEqualTo("1");
    }
  }

  @Test
  void closedServerFreesItsPortAndItsThreads() throws Exception {
    Iterator<JsonNode> events = admin.watch(MAPS + "?watch=1").iterator();
    admin.post(MAPS, map("a", "1"));
    assertThat(told(events.next())).isEqualTo("ADDED a 1");
    int port = api.address().getPort();

    api.close();

    try (ServerSocket free = new ServerSocket()) {
      free.bind(loopback(port));
      assertThat(free.isBound()).isTrue();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("kube-api-" + port)) {
        thread.join(5_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void connectionsThatAreNeverUsedStarveNobody() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int count = 0; count < 40; count++) {
        idle.add(admin.connect(api.address()));
      }
      assertThat(admin.get("/readyz").status()).isEqualTo(200);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void serverThatWasClosedStartsAgainAtItsAddress() {
    InetSocketAddress address = api.address();
    admin.post(MAPS, map("a", "1"));
    api.close();

    try (SimulatedKubeApi again = SimulatedKubeApi.start(address, AUTHORITY.serving(), store)) {
      TestClient second = new TestClient(again.address(), AUTHORITY, Optional.of(ADMIN));
      assertThat(second.get(MAPS + "/a").status()).isEqualTo(200);
    }
  }

  @Test
  void definitionMakesANewResource() {
    admin.post(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        """
        {"metadata": {"name": "ships.example.org"},
         "spec": {"group": "example.org", "scope": "Namespaced",
          "names": {"kind": "Ship", "plural": "ships"},
          "versions": [{"name": "v1", "served": true, "storage": true}]}}
        """);
    String ships = "/apis/example.org/v1/namespaces/default/ships";

    assertThat(admin.post(ships, "{\"metadata\": {\"name\": \"ada\"}}").status()).isEqualTo(201);
    assertThat(names(admin.get(ships))).containsExactly("ada");
    assertThat(admin.get("/apis/example.org/v1").text("/resources/0/kind")).isEqualTo("Ship");
    assertThat(admin.patch(ships + "/ada", "strategic-merge-patch+json", "{}").status())
        .isEqualTo(415);
  }
}
