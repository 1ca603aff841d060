package io.rke4j.vsphere.settings;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.SpecProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The ways in which the machines of one cluster are made: the usual one, and others under names
 * that nodes and pools ask for by {@code NodeBuilder.machineTemplate}. All are of one cluster, in
 * one datacenter of one vCenter, with one folder of keys.
 *
 * @param usual how machines are made that ask for no template
 * @param named how others are
 */
public record VsphereTemplates(VsphereSettings usual, Map<String, VsphereSettings> named) {

  private static final String PREFIX = "template.";

  /** Checks the names, and that nothing differs that has to be the same for all. */
  public VsphereTemplates {
    named = Collections.unmodifiableMap(new TreeMap<>(named));
    for (Map.Entry<String, VsphereSettings> one : named.entrySet()) {
      if (!one.getKey().matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
        throw new IllegalArgumentException(
            "'" + one.getKey() + "' is no name of a template: use letters, digits and '-'");
      }
      if (!isOfOneCluster(usual, one.getValue())) {
        throw new IllegalArgumentException(
            "template '"
                + one.getKey()
                + "' is of another cluster, vCenter, datacenter or folder of keys than the others");
      }
    }
  }

  /** Only the usual way. */
  public static VsphereTemplates of(VsphereSettings usual) {
    return new VsphereTemplates(usual, Map.of());
  }

  /**
   * Reads the keys of a Rancher node template, as {@link VsphereSettings#fromRancher} does. Those
   * that begin with {@code template.<name>.} say what is different in another template.
   *
   * @throws InvalidSpecException with every problem at once
   */
  public static VsphereTemplates fromRancher(Map<String, String> keys) {
    Map<String, String> usual = new HashMap<>();
    Map<String, Map<String, String>> named = new TreeMap<>();
    keys.forEach(
        (key, value) -> {
          int end = key.indexOf('.', PREFIX.length());
          if (key.startsWith(PREFIX) && end > PREFIX.length()) {
            named
                .computeIfAbsent(key.substring(PREFIX.length(), end), name -> new HashMap<>())
                .put(key.substring(end + 1), value);
          } else {
            usual.put(key, value);
          }
        });
    return fromRancher(usual, named);
  }

  /**
   * Reads several node templates of Rancher. What a named one does not say is as in the usual one;
   * an empty value takes it away.
   *
   * @param usual the keys of the usual one
   * @param named the keys of the others, by their names
   * @throws InvalidSpecException with every problem of all at once
   */
  public static VsphereTemplates fromRancher(
      Map<String, String> usual, Map<String, Map<String, String>> named) {
    List<SpecProblem> problems = new ArrayList<>();
    List<VsphereSettings> first = new ArrayList<>();
    read("", usual, problems, (name, settings) -> first.add(settings));
    Map<String, VsphereSettings> others = new LinkedHashMap<>();
    new TreeMap<>(named)
        .forEach(
            (name, keys) -> {
              Map<String, String> all = new HashMap<>(usual);
              all.putAll(keys);
              problems.addAll(differences(name, usual, keys));
              // What is wrong with the usual one is told once.
              if (!first.isEmpty()) {
                read(name, all, problems, others::put);
              }
            });
    if (problems.isEmpty()) {
      try {
        return new VsphereTemplates(first.get(0), others);
      } catch (IllegalArgumentException e) {
        problems.add(new SpecProblem("template", String.valueOf(e.getMessage()), ""));
      }
    }
    throw new InvalidSpecException("the vSphere node templates", problems);
  }

  private static void read(
      String name,
      Map<String, String> keys,
      List<SpecProblem> problems,
      BiConsumer<String, VsphereSettings> take) {
    try {
      take.accept(name, new TemplateReader(keys).read());
    } catch (InvalidSpecException e) {
      String place = name.isEmpty() ? "" : PREFIX + name + ".";
      e.problems().stream()
          .map(one -> new SpecProblem(place + one.path(), one.problem(), one.hint()))
          .forEach(problems::add);
    }
  }

  private static List<SpecProblem> differences(
      String name, Map<String, String> usual, Map<String, String> keys) {
    return new TreeMap<>(keys)
        .entrySet().stream()
            .filter(one -> TemplateKey.of(one.getKey()).filter(TemplateKey::isShared).isPresent())
            .filter(one -> !one.getValue().equals(usual.get(one.getKey())))
            .map(
                one ->
                    new SpecProblem(
                        PREFIX + name + "." + one.getKey(),
                        "is another than in the usual template",
                        "leave it out: it is the same for all machines of a cluster"))
            .toList();
  }

  private static boolean isOfOneCluster(VsphereSettings one, VsphereSettings other) {
    return one.cluster().equals(other.cluster())
        && one.connection().equals(other.connection())
        && one.placement().datacenter().equals(other.placement().datacenter())
        && one.guest().keyFolder().equals(other.guest().keyFolder());
  }
}
