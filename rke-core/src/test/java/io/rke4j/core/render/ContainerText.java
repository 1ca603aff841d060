package io.rke4j.core.render;

import io.rke4j.spi.runtime.ContainerSpec;
import java.util.List;

/** A container for people to read: one argument per line. */
final class ContainerText {

  private final StringBuilder text = new StringBuilder();

  private ContainerText() {}

  static String of(ContainerSpec container) {
    ContainerText text = new ContainerText();
    text.line("name", container.name());
    text.line("image", container.image().value());
    text.line("network", container.isolation().networkMode());
    text.line("pid", container.isolation().pidMode());
    text.line("privileged", container.isolation().privileged() ? "yes" : "");
    text.line("user", container.program().user());
    text.line("restart", container.restart() == ContainerSpec.RestartPolicy.ALWAYS ? "always" : "");
    text.list("entrypoint", container.program().entrypoint());
    text.list("command", container.program().command());
    text.list("env", container.program().env());
    text.list("binds", container.mounts().binds());
    text.list("volumes from", container.mounts().volumesFrom());
    text.list("security", container.isolation().securityOptions());
    text.list(
        "ports",
        container.ports().hostPorts().stream()
            .map(port -> port + " to " + container.ports().containerPort())
            .toList());
    text.list(
        "labels",
        container.labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .toList());
    return text.text.toString();
  }

  private void line(String title, String value) {
    if (!value.isEmpty()) {
      text.append(title).append(": ").append(value).append('\n');
    }
  }

  private void list(String title, List<String> values) {
    if (!values.isEmpty()) {
      text.append(title).append(":\n");
      values.forEach(value -> text.append("  ").append(value).append('\n'));
    }
  }
}
