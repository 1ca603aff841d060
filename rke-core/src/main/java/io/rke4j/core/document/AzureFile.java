package io.rke4j.core.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rke4j.api.cluster.AzureOption;
import io.rke4j.api.cluster.CloudProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The file of Azure. When a component starts, its entry point asks Azure for what is left out, and
 * writes it into the file.
 */
public final class AzureFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is not there unless it is given; all else is, even if it is empty. */
  private static final Set<AzureOption> OMITTED =
      Set.of(
          AzureOption.SECURITY_GROUP_RESOURCE_GROUP,
          AzureOption.USER_ASSIGNED_IDENTITY_ID,
          AzureOption.LOAD_BALANCER_SKU,
          AzureOption.EXCLUDE_MASTER_FROM_STANDARD_LB,
          AzureOption.TAGS);

  /** What the entry point fills in. */
  private static final Set<AzureOption> FILLED_IN =
      Set.of(
          AzureOption.SUBSCRIPTION_ID,
          AzureOption.LOCATION,
          AzureOption.RESOURCE_GROUP,
          AzureOption.VNET_RESOURCE_GROUP,
          AzureOption.SUBNET_NAME,
          AzureOption.SECURITY_GROUP_NAME,
          AzureOption.VNET_NAME);

  private AzureFile() {}

  static String of(CloudProvider.Azure azure) {
    List<String> lines = new ArrayList<>();
    for (AzureOption option : AzureOption.values()) {
      if (azure.options().has(option) || !OMITTED.contains(option)) {
        lines.add(quoted(option.key()) + ": " + value(option, azure.options().reveal(option)));
      }
    }
    return "{\n\n" + String.join(",\n\n", lines) + "\n}";
  }

  private static String value(AzureOption option, String value) {
    return switch (option.kind()) {
      case TEXT, SECRET -> quoted(value);
      case TRUTH -> value.isEmpty() ? "false" : value;
      case WHOLE -> value.isEmpty() ? "0" : value;
    };
  }

  /** As Go writes texts, of whose JSON this is. */
  private static String quoted(String value) {
    return JsonNodeFactory.instance
        .textNode(value)
        .toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  /** Whether a file on a host is the wanted one, perhaps with what a component has filled in. */
  public static boolean isCompleted(String wanted, String found) {
    try {
      JsonNode before = JSON.readTree(wanted);
      JsonNode after = JSON.readTree(found);
      return before.isObject()
          && before.has(AzureOption.TENANT_ID.key())
          && after.isObject()
          && List.of(AzureOption.values()).stream()
              .allMatch(option -> isCompleted(option, before, after));
    } catch (JsonProcessingException e) {
      // One of them is the file of another provider.
      return false;
    }
  }

  private static boolean isCompleted(AzureOption option, JsonNode before, JsonNode after) {
    JsonNode wanted = before.path(option.key());
    JsonNode found = after.path(option.key());
    boolean empty = wanted.isTextual() && wanted.textValue().isEmpty();
    return wanted.equals(found)
        || (option == AzureOption.USE_INSTANCE_METADATA && found.asBoolean())
        || (FILLED_IN.contains(option) && empty && found.isTextual());
  }
}
