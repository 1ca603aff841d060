package io.rke4j.core.container;

import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerSpec.PublishedPorts;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * In what a container differs from the wanted one, for people. The order of arguments, variables
 * and mounts does not count: RKE itself made them in random order.
 */
public final class ContainerDifference {

  private final List<String> lines = new ArrayList<>();

  private ContainerDifference() {}

  /**
   * One line per difference, also of the volumes that the container has from others; empty if it is
   * as wanted.
   *
   * @param actual the container as it is
   * @param wanted the container as it should be
   * @param containers those beside it
   */
  public static List<String> of(
      ContainerState actual, ContainerSpec wanted, ContainerView containers) {
    List<String> lines = new ArrayList<>(between(wanted, actual.definition()));
    lines.addAll(SharedVolumes.differences(actual, wanted, containers));
    return List.copyOf(lines);
  }

  /**
   * One line per difference; empty if the container is as wanted. Values of variables are left out,
   * since they may be credentials.
   *
   * @param wanted the container as it should be
   * @param actual the container as it is
   */
  public static List<String> between(ContainerSpec wanted, ContainerSpec actual) {
    ContainerDifference difference = new ContainerDifference();
    difference.value("image", actual.image(), wanted.image());
    difference.program(wanted.program(), actual.program());
    difference.isolation(wanted.isolation(), actual.isolation());
    difference.entries("mount", wanted.mounts().binds(), actual.mounts().binds());
    difference.entries("volumes of", wanted.mounts().volumesFrom(), actual.mounts().volumesFrom());
    difference.value("published ports", ports(actual.ports()), ports(wanted.ports()));
    difference.value("restart policy", actual.restart(), wanted.restart());
    difference.labels(wanted.labels(), actual.labels());
    return List.copyOf(difference.lines);
  }

  private void program(ContainerSpec.Program wanted, ContainerSpec.Program actual) {
    arguments(wanted.entrypoint(), actual.entrypoint());
    arguments(wanted.command(), actual.command());
    variables(byName(wanted.env()), byName(actual.env()));
    value("user", orDefault(actual.user()), orDefault(wanted.user()));
  }

  private void isolation(ContainerSpec.Isolation wanted, ContainerSpec.Isolation actual) {
    value("network", network(actual.networkMode()), network(wanted.networkMode()));
    value("PID namespace", orDefault(actual.pidMode()), orDefault(wanted.pidMode()));
    value("privileged", actual.privileged(), wanted.privileged());
    Set<String> options = new LinkedHashSet<>(actual.securityOptions());
    if (!wanted.securityOptions().contains("label=disable")) {
      // The engine adds it by itself to containers that share the host's namespaces.
      options.remove("label=disable");
    }
    entries("security option", wanted.securityOptions(), options);
  }

  private void value(String what, Object from, Object to) {
    if (!from.equals(to)) {
      lines.add(what + ": " + from + " -> " + to);
    }
  }

  private void entries(String what, Collection<String> wanted, Collection<String> actual) {
    entries(what, wanted, actual, entry -> entry);
  }

  private void entries(
      String what,
      Collection<String> wanted,
      Collection<String> actual,
      UnaryOperator<String> shown) {
    minus(wanted, actual).forEach(entry -> lines.add(what + " added: " + entry));
    minus(actual, wanted).forEach(entry -> lines.add(what + " removed: " + shown.apply(entry)));
  }

  /**
   * What is wanted has no secrets, unlike what others gave a container: RKE gives one that saves
   * snapshots the key of S3.
   */
  private void arguments(List<String> wanted, List<String> actual) {
    Set<String> ours = wanted.stream().map(ContainerDifference::flag).collect(Collectors.toSet());
    entries(
        "argument",
        wanted,
        actual,
        argument -> {
          String flag = flag(argument);
          return ours.contains(flag) || flag.equals(argument) ? argument : flag + "=***";
        });
  }

  private static String flag(String argument) {
    return argument.split("=", 2)[0];
  }

  private void variables(Map<String, String> wanted, Map<String, String> actual) {
    entries("variable", wanted.keySet(), actual.keySet());
    wanted.forEach(
        (name, value) -> {
          if (actual.containsKey(name) && !value.equals(actual.get(name))) {
            lines.add("variable changed: " + name);
          }
        });
  }

  private void labels(Map<String, String> wanted, Map<String, String> actual) {
    // Labels that nobody asked for come from the image, or from people.
    wanted.forEach(
        (name, value) -> {
          if (!actual.containsKey(name)) {
            lines.add("label added: " + name + "=" + value);
          } else {
            value("label " + name, String.valueOf(actual.get(name)), value);
          }
        });
  }

  private static Set<String> minus(Collection<String> these, Collection<String> those) {
    Set<String> rest = new LinkedHashSet<>(these);
    rest.removeAll(Set.copyOf(those));
    return rest;
  }

  private static Map<String, String> byName(List<String> variables) {
    return variables.stream()
        .map(variable -> variable.split("=", 2))
        .collect(
            Collectors.toMap(
                parts -> parts[0],
                parts -> parts.length == 2 ? parts[1] : "",
                (first, last) -> last,
                LinkedHashMap::new));
  }

  private static String network(String mode) {
    return orDefault(mode.equals("bridge") ? "" : mode);
  }

  private static String orDefault(String value) {
    return value.isEmpty() ? "default" : value;
  }

  private static String ports(PublishedPorts ports) {
    return ports.hostPorts().isEmpty()
        ? "none"
        : ports.hostPorts().stream().sorted().toList() + " to " + ports.containerPort();
  }
}
