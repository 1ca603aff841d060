package io.rke4j.core.builtin.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManifestChangeTest {

  @Test
  void sameObjectInAnotherApiGroupHasNotVanished() {
    assertThat(
            vanished(
                "{apiVersion: extensions/v1beta1, kind: Ingress, metadata: {name: a}}",
                "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}}"))
        .isEmpty();
  }

  @Test
  void namespaceOfAnObjectThatHasNoneDoesNotMatter() {
    assertThat(
            vanished(
                "{kind: IngressClass, metadata: {name: nginx, namespace: ingress-nginx}}",
                "{kind: IngressClass, metadata: {name: nginx}}"))
        .isEmpty();
  }

  @Test
  void namespaceOfTheJobNeedNotBeNamed() {
    assertThat(
            vanished(
                "{kind: Service, metadata: {name: a}}",
                "{kind: Service, metadata: {name: a, namespace: kube-system}}"))
        .isEmpty();
  }

  @Test
  void objectThatMovedToAnotherNamespaceVanishedFromTheFirst() {
    assertThat(
            vanished(
                "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: x}}",
                "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: y}}"))
        .isEqualTo(
            "---\n{\"apiVersion\":\"v1\",\"kind\":\"Service\","
                + "\"metadata\":{\"name\":\"a\",\"namespace\":\"x\"}}\n");
  }

  @Test
  void objectsInListsAreObjects() {
    assertThat(
            vanished(
                """
                {kind: List, items: [{kind: Service, metadata: {name: a}}, {kind: Service, metadata: {name: b}}]}
                """,
                "{kind: Service, metadata: {name: b}}"))
        .contains("\"a\"")
        .doesNotContain("\"b\"");
  }

  private static String vanished(String before, String after) {
    return ManifestObject.references(ManifestChange.of(before, after).vanished());
  }
}
