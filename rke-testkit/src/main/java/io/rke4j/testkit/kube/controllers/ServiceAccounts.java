package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.store.KubeStore;
import io.rke4j.testkit.kube.store.StoreEvent;
import io.rke4j.testkit.kube.store.StoreEvent.Change;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/**
 * Gives every namespace its service account {@code default} and, before Kubernetes 1.24, every
 * account a Secret with a token.
 */
final class ServiceAccounts implements Controller {

  @Override
  public void react(KubeStore store, StoreEvent event) {
    if (event.collection().equals("namespaces")) {
      ensureDefault(store, Meta.name(event.object()));
    } else if (event.collection().equals("serviceaccounts")) {
      if (event.change() == Change.DELETED) {
        ensureDefault(store, Meta.namespace(event.object()));
      } else if (!store.types().release().isAtLeast(24)) {
        ensureToken(store, event.object());
      }
    }
  }

  private static void ensureDefault(KubeStore store, String namespace) {
    ResourceType accounts = store.types().get("", "serviceaccounts");
    boolean isAlive =
        store
            .find(store.types().get("", "namespaces"), "", namespace)
            .filter(found -> !Meta.isBeingDeleted(found))
            .isPresent();
    if (isAlive && store.find(accounts, namespace, "default").isEmpty()) {
      ObjectNode account = Json.object();
      Meta.of(account).put("name", "default");
      store.create(accounts, namespace, account);
    }
  }

  private static void ensureToken(KubeStore store, ObjectNode event) {
    ResourceType accounts = store.types().get("", "serviceaccounts");
    String namespace = Meta.namespace(event);
    ObjectNode account = store.get(accounts, namespace, Meta.name(event));
    if (!account.path("secrets").isEmpty()) {
      return;
    }
    ObjectNode secret = Json.object();
    Meta.of(secret).put("generateName", Meta.name(account) + "-token-");
    Meta.of(secret)
        .set(
            "annotations",
            Json.tree(
                Map.of(
                    "kubernetes.io/service-account.name", Meta.name(account),
                    "kubernetes.io/service-account.uid", Meta.uid(account))));
    Json.list(Meta.of(secret), "ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "ServiceAccount")
        .put("name", Meta.name(account))
        .put("uid", Meta.uid(account));
    secret.put("type", "kubernetes.io/service-account-token");
    byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    secret
        .putObject("data")
        .put("token", Base64.getEncoder().encodeToString(token))
        .put("namespace", Base64.getEncoder().encodeToString(bytes(namespace)));
    String name = Meta.name(store.create(store.types().get("", "secrets"), namespace, secret));
    Kinds.change(
        store,
        accounts,
        account,
        present -> {
          Json.list(present, "secrets").addObject().put("name", name);
          return present;
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
