package io.rke4j.testkit.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The definition of a container, as it was sent, completed by what its image brings.
 *
 * @param config what the engine's API calls {@code Config}
 * @param host what it calls {@code HostConfig}
 */
public record ContainerSettings(ObjectNode config, ObjectNode host) {

  /** Completes a request to create a container. */
  static ContainerSettings of(ObjectNode request, Image image) {
    ObjectNode config = request.deepCopy();
    ObjectNode host =
        config.remove("HostConfig") instanceof ObjectNode given ? given : Json.object();
    config.remove("NetworkingConfig");
    JsonNode defaults = image.config();
    if (isEmpty(config.path("Entrypoint"))) {
      if (isEmpty(config.path("Cmd"))) {
        config.set("Cmd", defaults.path("Cmd").deepCopy());
      }
      config.set("Entrypoint", defaults.path("Entrypoint").deepCopy());
    } else {
      config.set("Entrypoint", Json.array(Json.words(config.path("Entrypoint"))));
    }
    if (config.path("Cmd").isMissingNode()) {
      config.putNull("Cmd");
    } else if (config.path("Cmd").isTextual()) {
      config.set("Cmd", Json.array(Json.words(config.path("Cmd"))));
    }
    config.set("Env", Json.array(env(config.path("Env"), defaults.path("Env"))));
    config.set("Labels", labels(config.path("Labels"), defaults.path("Labels")));
    fill(config, defaults, "User", "WorkingDir", "Volumes");
    if (host.path("NetworkMode").asText("").isEmpty()) {
      host.put("NetworkMode", "default");
    }
    if (host.path("RestartPolicy").path("Name").asText("").isEmpty()) {
      host.putObject("RestartPolicy").put("Name", "").put("MaximumRetryCount", 0);
    }
    if (host.path("SecurityOpt").isEmpty() && hasNoLabels(host)) {
      host.putArray("SecurityOpt").add("label=disable");
    }
    return new ContainerSettings(config, host);
  }

  /** Who may do everything, or sees the host's processes, gets no label of SELinux. */
  private static boolean hasNoLabels(JsonNode host) {
    return host.path("Privileged").asBoolean()
        || host.path("PidMode").asText("").equals("host")
        || host.path("IpcMode").asText("").equals("host");
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isEmpty() && !node.isTextual());
  }

  private static void fill(ObjectNode config, JsonNode defaults, String... fields) {
    for (String field : fields) {
      JsonNode given = config.path(field);
      if (isEmpty(given) || (given.isTextual() && given.asText().isEmpty())) {
        config.set(field, defaults.path(field).deepCopy());
      }
    }
  }

  private static List<String> env(JsonNode given, JsonNode defaults) {
    List<String> env = new ArrayList<>(Json.words(given));
    Map<String, String> names = byName(env);
    Json.words(defaults).stream()
        .filter(variable -> !names.containsKey(variable.split("=", 2)[0]))
        .forEach(env::add);
    return env;
  }

  private static ObjectNode labels(JsonNode given, JsonNode defaults) {
    Map<String, String> labels = new LinkedHashMap<>(Json.texts(defaults));
    labels.putAll(Json.texts(given));
    return Json.object(labels);
  }

  private static Map<String, String> byName(List<String> variables) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String variable : variables) {
      String[] parts = variable.split("=", 2);
      byName.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return byName;
  }

  /** The image as it was asked for. */
  public String image() {
    return config.path("Image").asText("");
  }

  /** The program and its arguments: entry point and command. */
  public List<String> arguments() {
    List<String> words = new ArrayList<>(Json.words(config.path("Entrypoint")));
    words.addAll(Json.words(config.path("Cmd")));
    return words;
  }

  /** The value of a flag {@code --name=value}, the last one if it is given several times. */
  public Optional<String> flag(String name) {
    String prefix = "--" + name + "=";
    return arguments().stream()
        .filter(word -> word.startsWith(prefix))
        .map(word -> word.substring(prefix.length()))
        .reduce((first, last) -> last);
  }

  /** Its variables. */
  public Map<String, String> env() {
    return byName(Json.words(config.path("Env")));
  }

  /** Its labels. */
  public Map<String, String> labels() {
    return Json.texts(config.path("Labels"));
  }

  /** Whether it has a terminal, so that its output is not divided into two streams. */
  public boolean hasTerminal() {
    return config.path("Tty").asBoolean();
  }

  /** Whether somebody may type into it. */
  public boolean isInteractive() {
    return hasTerminal() || config.path("OpenStdin").asBoolean();
  }

  /** {@code host}, {@code none}, {@code default}, or the name of a network. */
  public String networkMode() {
    return host.path("NetworkMode").asText("");
  }

  /** Whether it uses the host's own network. */
  public boolean onHostNetwork() {
    return networkMode().equals("host");
  }

  /** Whether it goes away by itself when it ends. */
  public boolean goesAway() {
    return host.path("AutoRemove").asBoolean();
  }

  /** Whether the engine starts it again after it has ended by itself. */
  public boolean startsAgain(int exitCode, int restarts) {
    JsonNode policy = host.path("RestartPolicy");
    int most = policy.path("MaximumRetryCount").asInt();
    return switch (policy.path("Name").asText("")) {
      case "always", "unless-stopped" -> true;
      case "on-failure" -> exitCode != 0 && (most == 0 || restarts < most);
      default -> false;
    };
  }

  /** The ports of the host by which a port of the container is reached; 0 for any that is free. */
  public Map<Integer, List<Integer>> publishedPorts() {
    Map<Integer, List<Integer>> published = new LinkedHashMap<>();
    host.path("PortBindings")
        .properties()
        .forEach(
            entry -> {
              List<Integer> hostPorts = new ArrayList<>();
              entry.getValue().forEach(binding -> hostPorts.add(hostPort(binding)));
              published.put(Integer.valueOf(entry.getKey().split("/", 2)[0]), hostPorts);
            });
    return published;
  }

  private static int hostPort(JsonNode binding) {
    String port = binding.path("HostPort").asText("");
    return port.isEmpty() ? 0 : Integer.parseInt(port);
  }
}
