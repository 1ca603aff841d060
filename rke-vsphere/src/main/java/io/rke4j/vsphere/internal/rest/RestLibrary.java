package io.rke4j.vsphere.internal.rest;

import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.json.Json;
import io.rke4j.vsphere.internal.json.JsonReader;
import io.rke4j.vsphere.internal.vim.DeployOrder;
import io.rke4j.vsphere.internal.vim.Kind;
import io.rke4j.vsphere.internal.vim.Library;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Content libraries by vCenter's REST service. Thread-safe. */
public final class RestLibrary implements Library {

  private static final String LIBRARIES = "/rest/com/vmware/content/library";
  private static final String TEMPLATES = "/rest/com/vmware/vcenter/ovf/library-item/id:";

  private final RestCalls calls;

  /** Libraries of the vCenter that is called. */
  public RestLibrary(RestCalls calls) {
    this.calls = calls;
  }

  @Override
  public String item(String library, String item) {
    String in = theOnly("content library '" + library + "'", LIBRARIES, Map.of("name", library));
    String title = title(library, item);
    Map<String, Object> wanted = Map.of("name", item, "library_id", in);
    String id = theOnly(title, LIBRARIES + "/item", wanted);
    Map<String, Object> found = object(title, calls.get(LIBRARIES + "/item/id:" + id));
    String type = String.valueOf(found.get("type"));
    if (!type.equals("ovf")) {
      throw VsphereException.unusable(
          title,
          "is of type '" + type + "', and only OVF templates can be deployed",
          "Name an OVF template, or clone a VM or template");
    }
    return id;
  }

  private static String title(String library, String item) {
    return "item '" + item + "' of content library '" + library + "'";
  }

  private String theOnly(String title, String collection, Map<String, Object> wanted) {
    String body = Json.write(Map.of("spec", wanted));
    Object ids = value(title, calls.post(collection + "?~action=find", body));
    List<?> found = ids instanceof List<?> list ? list : List.of();
    if (found.size() != 1) {
      throw VsphereException.unusable(
          title,
          found.isEmpty() ? "is not there" : "is there " + found.size() + " times",
          found.isEmpty() ? "Check the spelling" : "Rename all but one");
    }
    return String.valueOf(found.get(0));
  }

  @Override
  public void deploy(DeployOrder order, Duration atMost) {
    Map<String, Object> target = target(order);
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("name", order.name());
    spec.put("accept_all_EULA", true);
    spec.put("storage_provisioning", "thin");
    spec.put("default_datastore_id", order.target().datastore().id());
    spec.put("network_mappings", networks(order, target));
    String body = Json.write(Map.of("deployment_spec", spec, "target", target));
    Map<String, Object> result =
        object(
            order.title(), calls.post(TEMPLATES + order.item() + "?~action=deploy", body, atMost));
    if (!Boolean.TRUE.equals(result.get("succeeded"))) {
      throw failure(order, result);
    }
    Object made = map(result.get("resource_id")).get("type");
    if (!Kind.MACHINE.type().equals(made)) {
      throw VsphereException.unusable(
          order.title(),
          "is no single machine: it was deployed as " + made + " '" + order.name() + "'",
          "Remove that in vCenter, and name an item of one machine");
    }
  }

  private static Map<String, Object> target(DeployOrder order) {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("resource_pool_id", order.target().pool().id());
    order.target().host().ifPresent(host -> target.put("host_id", host.id()));
    target.put("folder_id", order.folder().id());
    return target;
  }

  /** vCenter wants to know where each network of a template leads, though none of them stays. */
  private List<Object> networks(DeployOrder order, Map<String, Object> target) {
    if (order.networks().isEmpty()) {
      return List.of();
    }
    Map<String, Object> asks =
        object(
            order.title(),
            calls.post(
                TEMPLATES + order.item() + "?~action=filter",
                Json.write(Map.of("target", target))));
    List<Object> mappings = new ArrayList<>();
    if (asks.get("networks") instanceof List<?> networks) {
      for (Object network : networks) {
        mappings.add(Map.of("key", String.valueOf(network), "value", order.networks().get(0).id()));
      }
    }
    return mappings;
  }

  /** The first thing that vCenter names; more of them say the same in other words. */
  private static VsphereException failure(DeployOrder order, Map<String, Object> result) {
    String category = "DeploymentError";
    List<String> messages = new ArrayList<>();
    if (map(result.get("error")).get("errors") instanceof List<?> errors) {
      for (Object one : errors) {
        Map<String, Object> error = map(one);
        category = String.valueOf(error.getOrDefault("category", category));
        if (map(error.get("error")).get("messages") instanceof List<?> texts) {
          texts.forEach(text -> messages.add(String.valueOf(map(text).get("default_message"))));
        }
      }
    }
    return VsphereException.reported(
        category,
        order.title(),
        messages.isEmpty() ? "vCenter says no more" : String.join("; ", messages),
        "Check that it can be deployed by hand to the same place",
        false);
  }

  private Map<String, Object> object(String about, HttpResponse<byte[]> answer) {
    return map(value(about, answer));
  }

  private Object value(String about, HttpResponse<byte[]> answer) {
    if (answer.statusCode() == 404) {
      throw VsphereException.unusable(about, "is not there", "Somebody may have removed it");
    }
    calls.expectSuccess(about, answer);
    try {
      String text = new String(answer.body(), StandardCharsets.UTF_8);
      return Objects.requireNonNullElse(JsonReader.object(text).get("value"), Map.of());
    } catch (IllegalArgumentException e) {
      throw VsphereException.unanswered(
          about, "the answer is not understood: " + e.getMessage(), "", false, e);
    }
  }

  private static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> fields) {
      fields.forEach((key, field) -> map.put(String.valueOf(key), field));
    }
    return map;
  }
}
