package io.rke4j.core.document;

import io.rke4j.api.cluster.AwsOption;
import io.rke4j.api.cluster.AwsServiceOption;
import io.rke4j.api.cluster.CloudOption;
import io.rke4j.api.cluster.CloudOption.Kind;
import io.rke4j.api.cluster.CloudOptions;
import io.rke4j.api.cluster.CloudProvider;
import io.rke4j.api.cluster.OpenstackOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The files of OpenStack and AWS. As RKE has it, {@code false} and 0 are not written. */
final class IniFile {

  private IniFile() {}

  static String of(CloudProvider.Openstack openstack) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    for (OpenstackOption option : OpenstackOption.values()) {
      sections.computeIfAbsent(heading(option.section()), heading -> new LinkedHashMap<>());
    }
    values(openstack.options(), List.of(OpenstackOption.values()))
        .forEach(
            (option, value) ->
                sections
                    .getOrDefault(heading(option.section()), new LinkedHashMap<>())
                    .put(option.key(), value));
    StringBuilder text = new StringBuilder();
    sections.forEach((heading, values) -> text.append(Ini.section(heading, values)));
    return text.toString();
  }

  static String of(CloudProvider.Aws aws) {
    if (aws.options().values().isEmpty() && aws.services().isEmpty()) {
      return "";
    }
    Map<String, String> global =
        named(values(aws.options(), List.of(AwsOption.values())), AwsOption::cloudName);
    StringBuilder text = new StringBuilder(Ini.section("Global", global));
    aws.services()
        .forEach(
            (name, options) ->
                text.append(
                    Ini.section(
                        "ServiceOverride \"" + name + "\"",
                        named(
                            values(options, List.of(AwsServiceOption.values())),
                            AwsServiceOption::cloudName))));
    return text.toString();
  }

  private static <O extends Enum<O> & CloudOption> Map<O, String> values(
      CloudOptions<O> options, List<O> order) {
    Map<O, String> found = new LinkedHashMap<>();
    for (O option : order) {
      String value = options.reveal(option);
      boolean nothing =
          value.isEmpty()
              || (option.kind() == Kind.TRUTH && value.equals("false"))
              || (option.kind() == Kind.WHOLE && value.equals("0"));
      if (!nothing) {
        found.put(option, value);
      }
    }
    return found;
  }

  private static <O> Map<String, String> named(Map<O, String> values, Function<O, String> name) {
    Map<String, String> found = new LinkedHashMap<>();
    values.forEach((option, value) -> found.put(name.apply(option), value));
    return found;
  }

  /** {@code load_balancer} becomes {@code LoadBalancer}. */
  private static String heading(String section) {
    StringBuilder heading = new StringBuilder();
    for (String word : section.split("_", -1)) {
      heading.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return heading.toString();
  }
}
