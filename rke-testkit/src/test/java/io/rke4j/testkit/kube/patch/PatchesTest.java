package io.rke4j.testkit.kube.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.status.KubeFailure;
import org.junit.jupiter.api.Test;

class PatchesTest {

  private static final String POD =
      """
      metadata: {finalizers: [a, b], ownerReferences: [{uid: u1, name: x}]}
      spec:
        tolerations: [{key: one}]
        containers:
          - {name: a, image: "a:1", env: [{name: X, value: "1"}], ports: [{containerPort: 80}]}
          - {name: b, image: "b:1"}
      """;

  private static ObjectNode yaml(String text) {
    return (ObjectNode) Json.parseYaml(text).get(0);
  }

  private static JsonNode strategic(String target, String patch) {
    return StrategicMerge.apply(yaml(target), yaml(patch));
  }

  @Test
  void elementsAreFoundByTheirKeysAndMerged() {
    JsonNode patched =
        strategic(
            POD,
            "spec: {containers: [{name: a, env: [{name: Y, value: '2'}],"
                + " ports: [{containerPort: 80, name: web}]}]}");

    assertThat(patched.at("/spec/containers")).hasSize(2);
    assertThat(patched.at("/spec/containers/0/image").asText()).isEqualTo("a:1");
    assertThat(patched.at("/spec/containers/0/env")).hasSize(2);
    assertThat(patched.at("/spec/containers/0/ports"))
        .hasToString("[{\"containerPort\":80,\"name\":\"web\"}]");
  }

  @Test
  void listsWithoutKeysAreReplaced() {
    assertThat(strategic(POD, "spec: {tolerations: [{key: two}]}").at("/spec/tolerations"))
        .hasToString("[{\"key\":\"two\"}]");
  }

  @Test
  void directivesDeleteAndReplace() {
    assertThat(
            strategic(POD, "spec: {containers: [{name: b, $patch: delete}]}")
                .at("/spec/containers"))
        .hasSize(1);
    assertThat(
            strategic(POD, "spec: {containers: [{name: c}, {$patch: replace}]}")
                .at("/spec/containers"))
        .hasToString("[{\"name\":\"c\"}]");
    assertThat(strategic(POD, "spec: {$patch: replace, x: 1}").at("/spec"))
        .hasToString("{\"x\":1}");
    assertThat(strategic(POD, "spec: {$retainKeys: [tolerations]}").at("/spec")).hasSize(1);
  }

  @Test
  void setsAreUnitedAndLoseWhatIsNamed() {
    assertThat(strategic(POD, "metadata: {finalizers: [b, c]}").at("/metadata/finalizers"))
        .hasToString("[\"a\",\"b\",\"c\"]");
    assertThat(
            strategic(POD, "metadata: {$deleteFromPrimitiveList/finalizers: [a]}")
                .at("/metadata/finalizers"))
        .hasToString("[\"b\"]");
  }

  @Test
  void orderIsAsThePatchSays() {
    JsonNode patched =
        strategic(
            POD, "spec: {$setElementOrder/containers: [{name: b}, {name: a}], containers: []}");

    assertThat(patched.at("/spec/containers/0/name").asText()).isEqualTo("b");
  }

  @Test
  void whatWasAppliedAndIsNoLongerWantedGoes() {
    ObjectNode before = yaml("spec: {containers: [{name: a, image: '1', tty: true}, {name: b}]}");
    ObjectNode wanted = yaml("spec: {containers: [{name: a, image: '2'}]}");
    ObjectNode present =
        yaml("spec: {containers: [{name: a, image: '1', tty: true}, {name: b}, {name: c}]}");

    JsonNode patched = StrategicMerge.apply(present, ThreeWayMerge.patch(before, wanted));

    assertThat(patched.at("/spec/containers"))
        .hasToString("[{\"name\":\"a\",\"image\":\"2\"},{\"name\":\"c\"}]");
  }

  @Test
  void operationsOfAJsonPatchAreDoneInOrder() {
    JsonNode patched =
        JsonPatch.apply(
            yaml("{a: [1, 2], b: {c: d}}"),
            Json.parse(
                """
                [{"op": "test", "path": "/b/c", "value": "d"},
                 {"op": "add", "path": "/a/1", "value": 9},
                 {"op": "add", "path": "/a/-", "value": 3},
                 {"op": "remove", "path": "/a/0"},
                 {"op": "replace", "path": "/b/c", "value": "e"},
                 {"op": "copy", "from": "/b/c", "path": "/x~1y"},
                 {"op": "move", "from": "/b/c", "path": "/z"}]
                """));

    assertThat(patched).hasToString("{\"a\":[9,2,3],\"b\":{},\"x/y\":\"e\",\"z\":\"e\"}");
  }

  @Test
  void operationThatDoesNotFitIsRefused() {
    for (String operation :
        new String[] {
          "{\"op\": \"remove\", \"path\": \"/x\"}",
          "{\"op\": \"replace\", \"path\": \"/x\", \"value\": 1}",
          "{\"op\": \"add\", \"path\": \"/a/7\", \"value\": 1}",
          "{\"op\": \"test\", \"path\": \"/a/0\", \"value\": 7}"
        }) {
      assertThatThrownBy(() -> JsonPatch.apply(yaml("{a: [1]}"), Json.parse("[" + operation + "]")))
          .as(operation)
          .isInstanceOfSatisfying(
              KubeFailure.class, failure -> assertThat(failure.code()).isEqualTo(422));
    }
  }
}
