package io.rke4j.api.cluster;

import java.util.Map;

/** Checks of plugin options that Kubernetes would only trip over once the plugin runs. */
final class NetworkOptions {

  private static final int HIGHEST_PORT = 65_535;
  private static final int HIGHEST_VNI = 16_777_215;

  private NetworkOptions() {}

  static void check(Map<String, String> options, Problems problems) {
    number("flannel_backend_port", HIGHEST_PORT, options, problems);
    number("flannel_backend_vni", HIGHEST_VNI, options, problems);
    number("canal_flannel_backend_port", HIGHEST_PORT, options, problems);
    number("canal_flannel_backend_vni", HIGHEST_VNI, options, problems);
    iface("flannel_iface", options, problems);
    iface("canal_iface", options, problems);
    folder("canal_flex_volume_plugin_dir", options, problems);
    folder("calico_flex_volume_plugin_dir", options, problems);
  }

  private static void iface(String option, Map<String, String> options, Problems problems) {
    String iface = options.getOrDefault(option, "eth0");
    if (!iface.matches("[^\\s/]{1,15}")) {
      problems.add("network.options." + option, "'" + iface + "' is not a network interface", "");
    }
  }

  private static void folder(String option, Map<String, String> options, Problems problems) {
    String folder = options.getOrDefault(option, "/usr");
    if (!folder.matches("/[^\\s:]*[^\\s:/]") || folder.contains("/..")) {
      problems.add(
          "network.options." + option, "'" + folder + "' is not the absolute path of a folder", "");
    }
  }

  private static void number(
      String option, int highest, Map<String, String> options, Problems problems) {
    String value = options.getOrDefault(option, "1");
    if (!value.matches("\\d{1,8}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > highest) {
      problems.add(
          "network.options." + option,
          "'" + value + "' is not a number",
          "give one from 1 to " + highest);
    }
  }
}
